-- Unlogged tables and their sequences: rows are copied and the tables stay unlogged.
CREATE UNLOGGED TABLE cache (key text PRIMARY KEY, value jsonb, id serial);
INSERT INTO cache SELECT 'key ' || i, jsonb_build_object('n', i) FROM generate_series(1, 500) i;
CREATE INDEX cache_value ON cache USING gin (value);
CREATE UNLOGGED TABLE cache_use (key text REFERENCES cache);
INSERT INTO cache_use SELECT 'key ' || i FROM generate_series(1, 10) i;
CREATE TABLE logged (key text PRIMARY KEY);
INSERT INTO logged VALUES ('x');
