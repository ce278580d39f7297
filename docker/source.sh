#!/bin/sh
# Fills the sample source, and makes the login that Caravan reads it with. Run once, by the server's image.
set -eu
psql -X -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" -q -f /demo/source.sql
psql -X -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d "$POSTGRES_DB" -q <<'SQL'
\set password `cat /run/secrets/source_password`
CREATE ROLE copy_reader LOGIN PASSWORD :'password';
GRANT USAGE ON SCHEMA public, billing TO copy_reader;
GRANT SELECT ON ALL TABLES IN SCHEMA public, billing TO copy_reader;
GRANT SELECT ON ALL SEQUENCES IN SCHEMA public, billing TO copy_reader;
SQL
