-- Needs PostgreSQL 14.
-- What 14 brought: multiranges, functions whose bodies are parsed, compression of a column, statistics on expressions, procedures that give
-- back, a range type that names its multirange.
CREATE TYPE span AS RANGE (subtype = float8, multirange_type_name = spans);
CREATE TABLE busy (id int PRIMARY KEY, times tstzmultirange, numbers nummultirange, own spans, many int4multirange[]);
INSERT INTO busy VALUES
  (1, NULL, NULL, NULL, NULL),
  (2, '{}', '{}', '{}', '{}'),
  (3, '{(,)}', '{(,)}', '{(,)}', ARRAY['{}'::int4multirange, NULL, '{[1,2),[5,9)}']),
  (4, '{[2020-01-01 00:00+00,2020-01-02 00:00+00),[infinity,infinity]}', '{(0,1.5],[NaN,NaN]}', '{[0.1,0.2],(0.30000000000000004,1e300)}', ARRAY['{(,0),[7,)}'::int4multirange]);
CREATE TABLE squeezed (id int PRIMARY KEY, body text COMPRESSION pglz);
INSERT INTO squeezed SELECT i, repeat('body ' || i, 2000) FROM generate_series(1, 50) i;
ALTER TABLE squeezed ALTER COLUMN body SET COMPRESSION pglz;
CREATE FUNCTION bodies(first int) RETURNS bigint LANGUAGE sql STABLE BEGIN ATOMIC SELECT count(*) FROM squeezed WHERE id >= first; END;
CREATE VIEW counted AS SELECT bodies(10) AS n;
CREATE PROCEDURE give_back(IN a int, OUT b int) LANGUAGE plpgsql AS $$ BEGIN b := a; END $$;
CREATE STATISTICS of_expressions ON (length(body)), (id % 10) FROM squeezed;
CREATE INDEX own_spans ON busy USING gist (own);
