-- Arrays of several dimensions, with lower bounds other than 1, with NULL elements and with elements that need quoting; composites,
-- nested, with dropped and added attributes, arrays of them, a table's own row type as a column; ranges of user-defined types.
CREATE TYPE mood AS ENUM ('sad', 'ok', 'very happy');
CREATE DOMAIN positive AS int CHECK (VALUE > 0);
CREATE TYPE address AS (street text, number positive, tags text[], feeling mood);
CREATE TYPE person AS (name text, home address, others address[]);
CREATE TYPE span AS RANGE (subtype = float8, subtype_diff = float8mi);
CREATE DOMAIN tags AS text[] CHECK (cardinality(VALUE) < 10);
CREATE TABLE arrays (id serial PRIMARY KEY, i int[], t text[], b bytea[], d date[], j jsonb[], m mood[], p positive[], c address[], n numeric(6, 2)[][], ts tags, s span, ss span[], tt tags[]);
INSERT INTO arrays (i, t, b, d, j, m, p, c, n, ts, s, ss, tt) VALUES
  (NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  ('{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', '{}', 'empty', '{}', '{}'),
  ('{NULL}', '{NULL,"NULL","",null}', ARRAY['\x00'::bytea, NULL, '\x5c2c7b7d22'], '{infinity,NULL,"0044-03-15 BC"}', ARRAY['{"a": "b,c\"d"}'::jsonb, 'null', NULL], '{"very happy",NULL,sad}', '{1,NULL}', ARRAY[ROW('a "b" (c), d', 1, '{x,NULL}', 'ok')::address, NULL, ROW(NULL, NULL, NULL, NULL)::address], '{{1.10,2.20},{NULL,-3.30}}', '{a,"b c"}', '[1.5,2.5)', '{"[1,2)",NULL,empty}', '{"{a,b}",NULL,"{}"}'),
  ('[-2:1]={1,2,3,4}', '[0:1][5:6]={{a,b},{"c\\d","e\"f"}}', NULL, NULL, NULL, '[3:4]={sad,ok}', '[10:10]={5}', NULL, '[0:0][-1:0]={{1,2}}', '[7:8]={x,y}', '(,)', NULL, NULL),
  ('{{{1},{2}},{{3},{4}}}', E'{"line\nbreak","tab\t","\\\\N","\\\\.","{","}",",","😀"}', NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, '[-Infinity,NaN]', NULL, NULL);
CREATE TABLE people (id serial PRIMARY KEY, p person, home address, rows_of_table arrays);
INSERT INTO people (p, home, rows_of_table) SELECT ROW('name', ROW('street, "quoted"', 5, ARRAY['a', NULL], 'ok'), ARRAY[ROW('\', 1, NULL, NULL)::address, NULL])::person, ROW('', 1, '{}', NULL)::address, a FROM arrays a;
INSERT INTO people (p) VALUES (NULL), (ROW(NULL, NULL, NULL)), (ROW('', ROW(NULL, NULL, NULL, NULL), '{}'));
ALTER TYPE address ADD ATTRIBUTE city text CASCADE;
ALTER TYPE address DROP ATTRIBUTE street CASCADE;
INSERT INTO people (home) VALUES (ROW(9, '{}', 'sad', 'Berlin'));
