-- Columns that hold the numbers of catalogue objects: regclass and its kin must name the same object in the copy, where it has another
-- number; alone, in arrays, composites, domains and ranges of them; and plain oid columns, whose number must stay as it is.
CREATE TABLE watched (id int PRIMARY KEY);
CREATE TYPE mood AS ENUM ('a');
CREATE FUNCTION hook(int) RETURNS int LANGUAGE sql AS 'SELECT $1';
CREATE SCHEMA "odd Schema";
CREATE TABLE "odd Schema"."odd.table" (id int);
CREATE TYPE reference AS (relation regclass, name text);
CREATE DOMAIN relation AS regclass;
CREATE TABLE registry (
  id int PRIMARY KEY, c regclass, p regproc, pd regprocedure, o regoper, od regoperator, t regtype, n regnamespace, r regrole,
  co regcollation, cf regconfig, d regdictionary, plain oid
);
INSERT INTO registry VALUES
  (1, 'watched', 'hook', 'hook(int)', '||/', '+(int,int)', 'mood', '"odd Schema"', 'scenario_reader', '"C"', 'english', 'simple', 12345),
  (2, '"odd Schema"."odd.table"', 'now', 'abs(bigint)', '|/', '*(bigint,bigint)', 'mood[]', 'public', '"Scenario ""odd"" role"', 'pg_catalog."default"', 'simple', 'english_stem', 4294967295),
  (3, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL, NULL),
  (4, '-', '-', '-', '0', '0', '-', '-', '-', '-', '-', '-', 0);
CREATE TABLE nested (a regclass[], c reference, ca reference[], d relation, da relation[]);
INSERT INTO nested VALUES
  ('{watched,NULL,pg_class}', ROW('watched', 'w'), ARRAY[ROW('"odd Schema"."odd.table"', 'o')::reference, NULL], 'watched', '{watched}'),
  (NULL, NULL, NULL, NULL, NULL);
CREATE TABLE with_default (target regclass DEFAULT 'watched'::regclass, v int);
INSERT INTO with_default (v) SELECT generate_series(1, 10);
