-- Dropped columns at the front, in the middle and at the end, with a default, with a key, and in a table that has no other one left;
-- columns added with a constant default, whose old rows do not store it.
CREATE TABLE thing (first int DEFAULT 1, id int PRIMARY KEY, middle text, name text, last jsonb);
INSERT INTO thing SELECT i, i, 'middle ' || i, 'name ' || i, '{}' FROM generate_series(1, 100) i;
ALTER TABLE thing DROP COLUMN first, DROP COLUMN middle, DROP COLUMN last;
ALTER TABLE thing ADD COLUMN added text NOT NULL DEFAULT 'not stored in old rows', ADD COLUMN middle int;
INSERT INTO thing SELECT i, 'name ' || i, 'stored', i FROM generate_series(101, 200) i;

CREATE TABLE emptied (a int, b int);
INSERT INTO emptied SELECT i, i FROM generate_series(1, 10) i;
ALTER TABLE emptied DROP COLUMN a, DROP COLUMN b;

CREATE TABLE keyless (a int PRIMARY KEY, b int GENERATED ALWAYS AS (a + 1) STORED, c int UNIQUE);
INSERT INTO keyless (a, c) VALUES (1, 1), (2, 2);
ALTER TABLE keyless DROP COLUMN a CASCADE;
CREATE TYPE pair AS (x int, gone text, y int);
CREATE TABLE pairs (p pair);
INSERT INTO pairs VALUES (ROW(1, 'secret', 2)), (ROW(NULL, NULL, NULL)), (NULL);
ALTER TYPE pair DROP ATTRIBUTE gone;
