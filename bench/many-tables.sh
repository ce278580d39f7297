#!/usr/bin/env bash
# Makes a database with many small tables, to time how long listing, locking and planning take.
# Usage: bench/many-tables.sh CONNINFO [TABLES]     10,000 tables by default, in 20 schemas.
# Every table has a primary key and ten rows, every third an index, every tenth a foreign key to the table before it.
# A copy locks every table: the server needs max_locks_per_transaction of about TABLES * 4 / max_connections.
set -euo pipefail
conninfo=${1:?usage: bench/many-tables.sh CONNINFO [TABLES]}
tables=${2:-10000}
psql=${PSQL:-psql}

{
  echo "SET synchronous_commit = off; SET client_min_messages = warning;"
  echo "SELECT format('CREATE SCHEMA s%s', i) FROM generate_series(0, 19) i \\gexec"
  # One transaction per 100 tables, since each holds a lock until its end.
  for ((first = 1; first <= tables; first += 100)); do
    last=$((first + 99 < tables ? first + 99 : tables))
    cat <<SQL
DO \$do\$
BEGIN
  FOR i IN $first..$last LOOP
    EXECUTE format('CREATE TABLE s%s.t%s (id int PRIMARY KEY, before int, name text NOT NULL DEFAULT ''x'', at date)', i % 20, i);
    EXECUTE format('INSERT INTO s%s.t%s SELECT j, j FROM generate_series(1, 10) j', i % 20, i);
    IF i % 3 = 0 THEN
      EXECUTE format('CREATE INDEX ON s%s.t%s (name, at)', i % 20, i);
    END IF;
    IF i % 10 = 0 THEN
      EXECUTE format('ALTER TABLE s%s.t%s ADD FOREIGN KEY (before) REFERENCES s%s.t%s', i % 20, i, (i - 1) % 20, i - 1);
    END IF;
  END LOOP;
END
\$do\$;
SQL
  done
  echo "ANALYZE;"
} | "$psql" -X -q -v ON_ERROR_STOP=1 -d "$conninfo"
