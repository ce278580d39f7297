-- Needs PostgreSQL 18.
-- What 18 brought: columns that are computed when they are read, keys over time, constraints that are not enforced or whose old rows were
-- never checked, NOT NULL with names. What is not enforced must not be checked by a copy either.
CREATE SCHEMA ext;
CREATE EXTENSION btree_gist SCHEMA ext;
SET search_path = public, ext;
CREATE TABLE invoice (
  id int PRIMARY KEY,
  net numeric NOT NULL,
  gross numeric GENERATED ALWAYS AS (net * 1.2) VIRTUAL,
  label text GENERATED ALWAYS AS ('no. ' || id) STORED,
  note text GENERATED ALWAYS AS (upper(comment)),
  comment text
);
INSERT INTO invoice (id, net, comment) SELECT i, i / 3.0, CASE WHEN i % 3 = 0 THEN 'word ' || i END FROM generate_series(1, 300) i;
ALTER TABLE invoice ADD CONSTRAINT gross_positive CHECK (gross > 0);
CREATE TABLE nothing_stored (a int GENERATED ALWAYS AS (42) VIRTUAL);
INSERT INTO nothing_stored DEFAULT VALUES;
INSERT INTO nothing_stored DEFAULT VALUES;
CREATE VIEW grosses AS SELECT id, gross FROM invoice;
CREATE MATERIALIZED VIEW stored_grosses AS SELECT sum(gross) AS total FROM invoice;

-- NOT NULL is a constraint with a name, which may be said of old rows or not, and of children or not.
CREATE TABLE named (a int CONSTRAINT "a is there" NOT NULL, b int CONSTRAINT b_own NOT NULL NO INHERIT, c int);
INSERT INTO named VALUES (1, 2, NULL), (3, 4, 5);
ALTER TABLE named ADD CONSTRAINT c_later NOT NULL c NOT VALID;
COMMENT ON CONSTRAINT c_later ON named IS 'old rows lack it';
CREATE TABLE heir (d int) INHERITS (named);
INSERT INTO heir VALUES (6, NULL, 7, 8);

-- Constraints that nobody enforces, and rows that violate them.
CREATE TABLE parent (id int PRIMARY KEY);
INSERT INTO parent SELECT generate_series(1, 10);
CREATE TABLE loose (
  id int PRIMARY KEY,
  parent int CONSTRAINT loose_parent REFERENCES parent NOT ENFORCED,
  strict int CONSTRAINT loose_strict REFERENCES parent,
  amount int CONSTRAINT loose_amount CHECK (amount > 0) NOT ENFORCED
);
INSERT INTO loose SELECT i, i * 7, i, -i FROM generate_series(1, 10) i;

-- Keys over time.
CREATE TABLE employee (id int, during daterange, name text, CONSTRAINT employee_over_time PRIMARY KEY (id, during WITHOUT OVERLAPS));
INSERT INTO employee SELECT i, daterange(date '2020-01-01' + y * 365, date '2020-01-01' + (y + 1) * 365), 'name ' || i
  FROM generate_series(1, 50) i, generate_series(0, 2) y;
CREATE TABLE assignment (
  employee int, during daterange, task text,
  CONSTRAINT assignment_once UNIQUE (employee, task, during WITHOUT OVERLAPS),
  CONSTRAINT assignment_employee FOREIGN KEY (employee, PERIOD during) REFERENCES employee (id, PERIOD during)
);
INSERT INTO assignment SELECT i, '[2020-06-01,2021-06-01)', 'task' FROM generate_series(1, 50) i;

-- A foreign key of a partitioned table whose old rows were not checked.
CREATE TABLE visit (id int, parent int) PARTITION BY RANGE (id);
CREATE TABLE visit_low PARTITION OF visit FOR VALUES FROM (0) TO (10);
CREATE TABLE visit_high PARTITION OF visit FOR VALUES FROM (10) TO (20);
INSERT INTO visit SELECT i, 99 FROM generate_series(0, 19) i;
ALTER TABLE visit ADD CONSTRAINT visit_parent FOREIGN KEY (parent) REFERENCES parent NOT VALID;

CREATE TABLE by_time (id uuid DEFAULT uuidv7() PRIMARY KEY, word text);
INSERT INTO by_time (word) SELECT 'word ' || i FROM generate_series(1, 20) i;
CREATE INDEX by_word ON by_time (word COLLATE pg_unicode_fast);
SELECT lo_from_bytea(9001, 'large');
ALTER DEFAULT PRIVILEGES FOR ROLE scenario_owner GRANT SELECT ON LARGE OBJECTS TO scenario_reader;
CREATE PUBLICATION of_computed FOR TABLE invoice WITH (publish_generated_columns = stored);
