-- Range, list and hash partitions, sub-partitions, default partitions, a partition with its columns in another order, keys to and
-- from partitioned tables, partitioned indexes with attached and own ones, a partition in another schema, a detached one, an
-- empty partitioned table. Rows must be in the partitions they were in.
CREATE SCHEMA archive;
CREATE TABLE country (code char(2) PRIMARY KEY);
INSERT INTO country VALUES ('DE'), ('FR'), ('IT');
CREATE TABLE measurement (
  id bigint NOT NULL,
  taken date NOT NULL,
  country char(2) REFERENCES country,
  value numeric CHECK (value > -1000),
  note text DEFAULT 'none',
  UNIQUE (id, taken, country)
) PARTITION BY RANGE (taken);
CREATE TABLE archive.measurement_old PARTITION OF measurement FOR VALUES FROM (MINVALUE) TO ('2020-01-01');
CREATE TABLE measurement_2020 PARTITION OF measurement FOR VALUES FROM ('2020-01-01') TO ('2021-01-01') PARTITION BY LIST (country);
CREATE TABLE measurement_2020_de PARTITION OF measurement_2020 FOR VALUES IN ('DE');
CREATE TABLE measurement_2020_rest PARTITION OF measurement_2020 DEFAULT;
CREATE TABLE measurement_null PARTITION OF measurement_2020 FOR VALUES IN (NULL, 'XX');
-- Attached, with a dropped column, the columns in another order, and an index that the parent's becomes the parent of.
CREATE TABLE measurement_2021 (gone int, note text, value numeric CONSTRAINT positive CHECK (value >= 0), country char(2), taken date NOT NULL, id bigint NOT NULL,
  CONSTRAINT measurement_value_check CHECK (value > -1000), CONSTRAINT own_name UNIQUE (id, taken, country));
ALTER TABLE measurement_2021 DROP COLUMN gone;
CREATE INDEX odd_index_name ON measurement_2021 (country, value);
CREATE INDEX only_on_2021 ON measurement_2021 (note) WHERE note <> 'none';
ALTER TABLE measurement ATTACH PARTITION measurement_2021 FOR VALUES FROM ('2021-01-01') TO ('2022-01-01');
CREATE TABLE measurement_rest PARTITION OF measurement DEFAULT;
ALTER TABLE measurement_rest ALTER COLUMN note SET DEFAULT 'from the default partition';
CREATE INDEX measurement_country_value ON measurement (country, value);
ALTER TABLE measurement_rest ADD UNIQUE (value, id);
INSERT INTO measurement SELECT i, date '2019-06-01' + i, CASE WHEN i % 7 > 0 THEN (ARRAY['DE', 'FR', 'IT'])[1 + i % 3] END, i FROM generate_series(1, 1500) i;

CREATE TABLE alarm (id int PRIMARY KEY, measurement_id bigint, measurement_taken date, measurement_country char(2),
  FOREIGN KEY (measurement_id, measurement_taken, measurement_country) REFERENCES measurement (id, taken, country));
INSERT INTO alarm SELECT id, id, taken, country FROM measurement WHERE id % 10 = 0;

CREATE TABLE account (id int, owner text NOT NULL, UNIQUE (id)) PARTITION BY HASH (id);
CREATE TABLE account_0 PARTITION OF account FOR VALUES WITH (MODULUS 4, REMAINDER 0);
CREATE TABLE account_1 PARTITION OF account FOR VALUES WITH (MODULUS 4, REMAINDER 1) WITH (fillfactor = 70);
CREATE TABLE account_2 PARTITION OF account FOR VALUES WITH (MODULUS 4, REMAINDER 2);
CREATE TABLE account_3 PARTITION OF account FOR VALUES WITH (MODULUS 4, REMAINDER 3);
INSERT INTO account SELECT i, 'owner ' || i FROM generate_series(1, 400) i;
CREATE TABLE transfer (id int, account int REFERENCES account (id), amount int, kind text NOT NULL) PARTITION BY LIST (kind);
CREATE TABLE transfer_in PARTITION OF transfer FOR VALUES IN ('in');
CREATE TABLE transfer_out PARTITION OF transfer FOR VALUES IN ('out');
INSERT INTO transfer SELECT i, 1 + i % 400, i, CASE i % 2 WHEN 0 THEN 'in' ELSE 'out' END FROM generate_series(1, 400) i;

-- Partitioned by an expression and by an enum, whose labels hash differently in another database.
CREATE TYPE colour AS ENUM ('red', 'green', 'blue');
CREATE TABLE painted (colour colour, id int) PARTITION BY HASH (colour);
CREATE TABLE painted_0 PARTITION OF painted FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE painted_1 PARTITION OF painted FOR VALUES WITH (MODULUS 2, REMAINDER 1);
CREATE TABLE by_expression (name text) PARTITION BY RANGE (lower(name) COLLATE "C", length(name));
CREATE TABLE by_expression_a PARTITION OF by_expression FOR VALUES FROM ('a', MINVALUE) TO ('m', MINVALUE);
CREATE TABLE by_expression_m PARTITION OF by_expression FOR VALUES FROM ('m', MINVALUE) TO ('zzz', MAXVALUE);
INSERT INTO by_expression VALUES ('Anna'), ('zoe'), ('Moritz');

CREATE TABLE never_filled (id int PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE was_attached PARTITION OF transfer FOR VALUES IN ('neither');
ALTER TABLE transfer DETACH PARTITION was_attached;
INSERT INTO was_attached VALUES (1, 1, 1, 'anything');

-- An index that exists on the parent only, and is invalid for that.
CREATE INDEX measurement_note ON ONLY measurement (note);
