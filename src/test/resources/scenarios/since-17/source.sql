-- Needs PostgreSQL 17.
-- What 17 brought: identity columns and exclusion constraints of partitioned tables, collations that the server brings, a privilege to maintain,
-- statistics targets that go back to the default, infinite intervals.
CREATE SCHEMA ext;
CREATE EXTENSION btree_gist SCHEMA ext;
SET search_path = public, ext;
CREATE TABLE booking (id bigint GENERATED ALWAYS AS IDENTITY (START WITH 500), room int, slot int4range, EXCLUDE USING gist (room WITH =, slot WITH &&))
  PARTITION BY RANGE (room);
CREATE TABLE booking_low PARTITION OF booking FOR VALUES FROM (0) TO (10);
CREATE TABLE booking_high PARTITION OF booking FOR VALUES FROM (10) TO (20);
INSERT INTO booking (room, slot) SELECT i, int4range(i, i + 5) FROM generate_series(0, 19) i;

CREATE TABLE word (id int PRIMARY KEY, word text COLLATE pg_c_utf8, lasting interval);
INSERT INTO word SELECT i, 'Wörd ' || i, CASE i WHEN 1 THEN interval 'infinity' WHEN 2 THEN interval '-infinity' END FROM generate_series(1, 200) i;
CREATE INDEX word_upper ON word (upper(word COLLATE pg_c_utf8));
CREATE INDEX word_length ON word ((length(word)));
ALTER INDEX word_length ALTER COLUMN 1 SET STATISTICS 222;
ALTER TABLE word ALTER COLUMN word SET STATISTICS 111;
ALTER TABLE word ALTER COLUMN word SET STATISTICS DEFAULT;
CREATE STATISTICS word_together ON id, word FROM word;
ALTER STATISTICS word_together SET STATISTICS 50;
ALTER STATISTICS word_together SET STATISTICS DEFAULT;
GRANT MAINTAIN ON word TO scenario_writer;
REVOKE MAINTAIN ON word FROM CURRENT_USER;
ALTER DEFAULT PRIVILEGES FOR ROLE scenario_owner GRANT MAINTAIN ON TABLES TO scenario_reader;
CREATE MATERIALIZED VIEW counted AS SELECT count(*) AS n FROM word;
GRANT MAINTAIN ON counted TO PUBLIC;
