-- Foreign servers, tables and user mappings of postgres_fdw and file_fdw: definitions are copied, rows are not read. A user mapping holds a
-- password and leads elsewhere: a copy through the service leaves it out, pg_dump takes it.
CREATE EXTENSION postgres_fdw;
CREATE EXTENSION file_fdw;
CREATE SERVER elsewhere TYPE 'shop' VERSION '1' FOREIGN DATA WRAPPER postgres_fdw OPTIONS (host 'elsewhere.invalid', port '1', dbname 'a ''quoted'' name');
CREATE SERVER files FOREIGN DATA WRAPPER file_fdw;
CREATE USER MAPPING FOR scenario_reader SERVER elsewhere OPTIONS (user 'remote', password 'zyxcanary-of-a-user-mapping');
CREATE USER MAPPING FOR PUBLIC SERVER elsewhere OPTIONS (user 'public', password 'zyxcanary-of-another-user-mapping');
GRANT USAGE ON FOREIGN SERVER elsewhere TO scenario_reader;
ALTER SERVER files OWNER TO postgres;
CREATE FOREIGN TABLE remote (id int OPTIONS (column_name 'identifier') NOT NULL, name text COLLATE "C" DEFAULT 'x', CONSTRAINT positive CHECK (id > 0)) SERVER elsewhere OPTIONS (schema_name 'public', table_name 'remote');
CREATE FOREIGN TABLE lines (line text) SERVER files OPTIONS (filename '/nonexistent', format 'csv');
CREATE TABLE parted (id int, name text) PARTITION BY RANGE (id);
CREATE TABLE parted_here PARTITION OF parted FOR VALUES FROM (1) TO (100);
CREATE FOREIGN TABLE parted_there PARTITION OF parted FOR VALUES FROM (100) TO (200) SERVER elsewhere;
INSERT INTO parted SELECT i, 'name ' || i FROM generate_series(1, 99) i;
CREATE VIEW of_remote AS SELECT id FROM remote;
CREATE MATERIALIZED VIEW stored_remote AS SELECT id FROM remote WITH NO DATA;
CREATE FOREIGN DATA WRAPPER without_handler OPTIONS (debug 'true');
CREATE TABLE local (id int PRIMARY KEY);
INSERT INTO local VALUES (1);
COMMENT ON SERVER elsewhere IS 'another shop';
COMMENT ON FOREIGN TABLE remote IS 'rows of it';
