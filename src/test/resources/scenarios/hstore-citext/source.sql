-- Extensions whose types, operators and indexes are used: the extension must be there before its types, and nothing that belongs to
-- it may be dumped. One lives in a schema of its own.
CREATE SCHEMA ext;
CREATE EXTENSION hstore WITH SCHEMA ext;
CREATE EXTENSION citext WITH SCHEMA public;
CREATE EXTENSION ltree WITH SCHEMA ext;
CREATE EXTENSION pg_trgm WITH SCHEMA ext;
CREATE EXTENSION btree_gist WITH SCHEMA ext;
CREATE TABLE account (
  email citext PRIMARY KEY,
  settings ext.hstore NOT NULL DEFAULT ''::ext.hstore,
  path ext.ltree,
  history ext.hstore[],
  name text,
  room int,
  booked tsrange,
  EXCLUDE USING gist (room ext.gist_int4_ops WITH =, booked WITH &&)
);
SET search_path = public, ext;
INSERT INTO account SELECT 'User' || i || '@Example.org', ext.hstore(ARRAY['a', 'b"c', 'null'], ARRAY[i::text, E'x\ty', NULL]), text2ltree('top.n' || i), ARRAY[''::ext.hstore, NULL], 'name ' || i, i, '[2020-01-01,2020-02-01)'
FROM generate_series(1, 300) i;
RESET search_path;
CREATE INDEX account_settings ON account USING gin (settings ext.gin_hstore_ops);
CREATE INDEX account_path ON account USING gist (path ext.gist_ltree_ops);
CREATE INDEX account_name ON account USING gin (name ext.gin_trgm_ops);
CREATE TABLE login (email citext REFERENCES account, at timestamptz);
INSERT INTO login SELECT upper(email::text), '2020-01-01' FROM account;
COMMENT ON EXTENSION hstore IS 'a comment of our own';
