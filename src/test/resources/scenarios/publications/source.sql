-- Needs PostgreSQL 15.
-- Publications of all tables, of a schema, of chosen tables with columns and a filter, through the root of partitions.
CREATE SCHEMA events;
CREATE TABLE plain (id int PRIMARY KEY, a text, b text);
CREATE TABLE events.event (id int PRIMARY KEY);
CREATE TABLE parted (id int PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (100);
INSERT INTO plain VALUES (1, 'a', 'b');
INSERT INTO events.event VALUES (1);
INSERT INTO parted VALUES (1);
CREATE PUBLICATION everything FOR ALL TABLES WITH (publish = 'insert, update');
CREATE PUBLICATION nothing;
CREATE PUBLICATION of_schema FOR TABLES IN SCHEMA events;
CREATE PUBLICATION chosen FOR TABLE plain (id, a) WHERE (id > 10), parted WITH (publish_via_partition_root = true, publish = 'delete, truncate, insert');
ALTER PUBLICATION of_schema OWNER TO scenario_owner;
COMMENT ON PUBLICATION chosen IS 'some columns of some rows';
