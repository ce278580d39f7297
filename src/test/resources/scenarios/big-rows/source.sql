-- A few rows of 5 to 20 megabytes among small ones, text and bytea, compressible and not, stored outside the row or not: memory must not
-- grow with them, and no batch may be cut.
CREATE TABLE big (id int PRIMARY KEY, t text, b bytea, j jsonb);
ALTER TABLE big ALTER COLUMN b SET STORAGE EXTERNAL;
INSERT INTO big SELECT i, 'small ' || i, '\x00', '{}' FROM generate_series(1, 500) i;
INSERT INTO big VALUES (1001, repeat(E'line of text\t\\\n', 1200000), NULL, NULL);
INSERT INTO big SELECT 1002, NULL, decode(string_agg(md5(i::text), ''), 'hex'), NULL FROM generate_series(1, 350000) i;
INSERT INTO big SELECT 1003, string_agg(md5(i::text), E'\n'), NULL, jsonb_agg(md5(i::text)) FROM generate_series(1, 200000) i;
INSERT INTO big SELECT i, 'small again', '\x00', '[]' FROM generate_series(2001, 2500) i;
