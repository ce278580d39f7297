#!/bin/sh
# Makes the login that Caravan writes with, and the old target database that it owns. Run once, by the server's image.
set -eu
psql -X -v ON_ERROR_STOP=1 -U "$POSTGRES_USER" -d postgres -q <<'SQL'
\set password `cat /run/secrets/target_password`
CREATE ROLE copy_writer LOGIN CREATEDB PASSWORD :'password';
CREATE DATABASE shop_dev OWNER copy_writer;
\connect shop_dev
SET ROLE copy_writer;
\i /demo/target.sql
SQL
