-- Needs PostgreSQL 15.
-- Definitions that depend on each other in every direction, and everything of an index, a table or a column that can be set: a copy must
-- keep each.
CREATE SCHEMA app;
CREATE COLLATION app.numeric_order (provider = icu, locale = 'und-u-kn-true');
CREATE COLLATION app.case_free (provider = icu, locale = 'und-u-ks-level2', deterministic = false);
CREATE TABLE app.customer (
  id int PRIMARY KEY,
  name text COLLATE app.case_free,
  code text COLLATE app.numeric_order,
  tags text[],
  doc jsonb,
  area box,
  at timestamptz DEFAULT now(),
  score numeric
) WITH (fillfactor = 80, autovacuum_enabled = false, toast.autovacuum_vacuum_threshold = 77);
INSERT INTO app.customer SELECT i, 'Name ' || i, 'c' || i, ARRAY['t' || i % 5, NULL], jsonb_build_object('k', i, 'n', NULL), box(point(i, i), point(i + 1, i + 1)), '2020-01-01', i / 3.0 FROM generate_series(1, 500) i;
ALTER TABLE app.customer ALTER COLUMN doc SET STORAGE EXTERNAL, ALTER COLUMN name SET STATISTICS 321, ALTER COLUMN tags SET (n_distinct = 5), ALTER COLUMN code SET COMPRESSION pglz, ALTER COLUMN score SET STORAGE MAIN;
-- Indexes.
CREATE INDEX by_expression ON app.customer (lower(code), (doc ->> 'k') DESC NULLS LAST);
CREATE INDEX partial ON app.customer (score) WHERE score > 10 AND name IS NOT NULL;
CREATE UNIQUE INDEX including ON app.customer (id DESC, name) INCLUDE (score, at);
CREATE UNIQUE INDEX nulls_once ON app.customer (id, tags) NULLS NOT DISTINCT;
CREATE INDEX collated ON app.customer (name COLLATE "C" text_pattern_ops, code COLLATE "POSIX");
CREATE INDEX gin_tags ON app.customer USING gin (tags) WITH (fastupdate = off);
CREATE INDEX gin_path ON app.customer USING gin (doc jsonb_path_ops);
CREATE INDEX gist_area ON app.customer USING gist (area);
CREATE INDEX spgist_area ON app.customer USING spgist (area);
CREATE INDEX brin_at ON app.customer USING brin (at, id) WITH (pages_per_range = 16, autosummarize = on);
CREATE INDEX hash_id ON app.customer USING hash (id);
CREATE INDEX for_statistics ON app.customer ((score * 2), id);
ALTER INDEX app.for_statistics ALTER COLUMN 1 SET STATISTICS 700;
ALTER TABLE app.customer CLUSTER ON collated;
COMMENT ON INDEX app.partial IS 'partial';
-- Replica identities.
CREATE TABLE app.identity_full (id int); ALTER TABLE app.identity_full REPLICA IDENTITY FULL;
CREATE TABLE app.identity_nothing (id int PRIMARY KEY); ALTER TABLE app.identity_nothing REPLICA IDENTITY NOTHING;
CREATE TABLE app.identity_index (id int NOT NULL UNIQUE, other int NOT NULL); CREATE UNIQUE INDEX other_unique ON app.identity_index (other); ALTER TABLE app.identity_index REPLICA IDENTITY USING INDEX other_unique;
INSERT INTO app.identity_full VALUES (1); INSERT INTO app.identity_nothing VALUES (1); INSERT INTO app.identity_index VALUES (1, 2);
-- Statistics objects.
CREATE STATISTICS app.together (ndistinct, dependencies, mcv) ON name, code, id FROM app.customer;
CREATE STATISTICS of_expression ON (lower(code)), (score * 2) FROM app.customer;
ALTER STATISTICS app.together SET STATISTICS 99;
-- Views.
CREATE VIEW app.grouped AS SELECT c.*, count(*) AS n FROM app.customer c GROUP BY c.id;
CREATE VIEW app.on_grouped WITH (security_barrier, security_invoker) AS SELECT id, n FROM app.grouped WHERE n > 0;
CREATE VIEW app.counting AS WITH RECURSIVE counted (n) AS (VALUES (1) UNION ALL SELECT n + 1 FROM counted WHERE n < 10) SELECT n FROM counted;
CREATE VIEW app.updatable AS SELECT id, name FROM app.customer WHERE score > 5 WITH CASCADED CHECK OPTION;
ALTER VIEW app.updatable ALTER COLUMN name SET DEFAULT 'from the view';
CREATE VIEW app.joined AS SELECT * FROM (app.customer JOIN app.identity_full f USING (id)) AS j (a, b) CROSS JOIN LATERAL (SELECT unnest(tags) AS tag) t;
-- A view and a function that need each other.
CREATE VIEW app.first AS SELECT 1 AS a;
CREATE FUNCTION app.of_first() RETURNS SETOF app.first LANGUAGE sql STABLE BEGIN ATOMIC SELECT a FROM app.first; SELECT a + 1 FROM app.first; END;
CREATE OR REPLACE VIEW app.first AS SELECT 1 AS a, NULL::int AS later;
CREATE VIEW app.second AS SELECT f.a FROM app.of_first() f;
-- Functions of all kinds.
CREATE FUNCTION app.standard(a int, b text DEFAULT 'x', VARIADIC rest int[] DEFAULT '{}') RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE STRICT LEAKPROOF COST 5 RETURN a || b;
CREATE FUNCTION app.tables(OUT id int, OUT name text) RETURNS SETOF record LANGUAGE sql STABLE ROWS 77 SECURITY DEFINER SET search_path = app, pg_temp SET work_mem = '8MB' AS $$ SELECT id, name::text FROM customer $$;
CREATE FUNCTION app.returns_table(a app.customer) RETURNS TABLE (x int, y app.customer) LANGUAGE plpgsql AS $body$ BEGIN RETURN QUERY SELECT a.id, a; -- a comment; with 'quotes' and $$dollars$$
END $body$;
CREATE FUNCTION app.generic(anyelement, anyarray) RETURNS anyelement LANGUAGE sql AS 'SELECT $1';
CREATE PROCEDURE app.proceed(IN a int, INOUT b int DEFAULT 3) LANGUAGE plpgsql AS $$ BEGIN b := a; COMMIT; END $$;
CREATE PROCEDURE app.standard_procedure(a int) LANGUAGE sql BEGIN ATOMIC INSERT INTO app.identity_full VALUES (a); UPDATE app.identity_full SET id = a; END;
CREATE FUNCTION app.step(state numeric, value int) RETURNS numeric LANGUAGE sql IMMUTABLE AS 'SELECT $1 + $2';
CREATE FUNCTION app.final(state numeric) RETURNS text LANGUAGE sql IMMUTABLE AS 'SELECT $1::text';
CREATE AGGREGATE app.total(int) (SFUNC = app.step, STYPE = numeric, FINALFUNC = app.final, INITCOND = '0', PARALLEL = SAFE);
CREATE AGGREGATE app.ordered(float8 ORDER BY anyelement) (SFUNC = ordered_set_transition, STYPE = internal, FINALFUNC = percentile_disc_final, FINALFUNC_EXTRA);
-- Operators, classes, casts, conversions.
CREATE TYPE app.money_pair AS (a int, b int);
CREATE FUNCTION app.pair_lt(app.money_pair, app.money_pair) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT AS 'SELECT $1.a < $2.a';
CREATE FUNCTION app.pair_gt(app.money_pair, app.money_pair) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT AS 'SELECT $1.a > $2.a';
CREATE FUNCTION app.pair_eq(app.money_pair, app.money_pair) RETURNS boolean LANGUAGE sql IMMUTABLE STRICT AS 'SELECT $1.a = $2.a';
CREATE FUNCTION app.pair_cmp(app.money_pair, app.money_pair) RETURNS int LANGUAGE sql IMMUTABLE STRICT AS 'SELECT sign($1.a - $2.a)::int';
CREATE OPERATOR app.<<< (LEFTARG = app.money_pair, RIGHTARG = app.money_pair, FUNCTION = app.pair_lt, COMMUTATOR = OPERATOR(app.>>>), RESTRICT = scalarltsel);
CREATE OPERATOR app.>>> (LEFTARG = app.money_pair, RIGHTARG = app.money_pair, FUNCTION = app.pair_gt, COMMUTATOR = OPERATOR(app.<<<));
CREATE OPERATOR app.=== (LEFTARG = app.money_pair, RIGHTARG = app.money_pair, FUNCTION = app.pair_eq, HASHES, MERGES);
CREATE OPERATOR FAMILY app.pair_family USING btree;
CREATE OPERATOR CLASS app.pair_class FOR TYPE app.money_pair USING btree FAMILY app.pair_family AS OPERATOR 1 app.<<<, OPERATOR 3 app.===, OPERATOR 5 app.>>>, FUNCTION 1 app.pair_cmp(app.money_pair, app.money_pair);
CREATE TABLE app.pairs (p app.money_pair);
INSERT INTO app.pairs SELECT ROW(i, -i)::app.money_pair FROM generate_series(1, 50) i;
CREATE INDEX pairs_p ON app.pairs (p app.pair_class);
CREATE FUNCTION app.pair_to_int(app.money_pair) RETURNS int LANGUAGE sql IMMUTABLE AS 'SELECT $1.a';
CREATE CAST (app.money_pair AS int) WITH FUNCTION app.pair_to_int(app.money_pair) AS ASSIGNMENT;
CREATE CONVERSION app.latin FOR 'LATIN1' TO 'UTF8' FROM iso8859_1_to_utf8;
-- Text search.
CREATE TEXT SEARCH DICTIONARY app.words (TEMPLATE = simple, stopwords = english, accept = false);
CREATE TEXT SEARCH CONFIGURATION app.search (COPY = english);
ALTER TEXT SEARCH CONFIGURATION app.search ALTER MAPPING FOR asciiword, word WITH app.words, simple;
CREATE INDEX searched ON app.customer USING gin (to_tsvector('app.search', code));
-- A typed table, and a shell of functions used by a default and a generated column.
CREATE TYPE app.row_type AS (id int, label text);
CREATE TABLE app.typed OF app.row_type (PRIMARY KEY (id), label WITH OPTIONS DEFAULT 'labelled');
INSERT INTO app.typed VALUES (1, DEFAULT), (2, NULL);
CREATE TABLE app.computed (a int DEFAULT length(app.standard(1)), b text GENERATED ALWAYS AS (app.standard(a, 'y', 1)) STORED);
INSERT INTO app.computed VALUES (DEFAULT), (5);
