-- Tables whose rows belong to the user, as PostGIS and pg_cron have them.
CREATE TABLE setting (name text PRIMARY KEY, value text, shipped boolean NOT NULL DEFAULT false);
INSERT INTO setting VALUES ('unit', 'metre', true), ('precision', '3', true);
-- Only rows that the user added are dumped.
SELECT pg_catalog.pg_extension_config_dump('setting', 'WHERE NOT shipped');

CREATE TABLE job (id bigserial PRIMARY KEY, command text NOT NULL, setting text REFERENCES setting);
SELECT pg_catalog.pg_extension_config_dump('job', '');
SELECT pg_catalog.pg_extension_config_dump('job_id_seq', '');

-- Rows that come with the extension and are never dumped.
CREATE TABLE lookup (id int PRIMARY KEY, word text);
INSERT INTO lookup VALUES (1, 'one'), (2, 'two');
