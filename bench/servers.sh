# Sourced by run.sh and masked.sh: two PostgreSQL clusters of the run's own, the shop in one of them, and Caravan beside them, built by ./caravan. The caller sets $scale, and
# $service once Caravan runs. BENCH_SHOP names a directory that keeps the shop for the next run, since making it takes as long as some rounds.
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
bin=${PG_BIN:-$(dirname "$(ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -1)")}
export PATH="$bin:$PATH" LC_ALL=C.UTF-8 PGOPTIONS="-c client_min_messages=warning"
user=${BENCH_USER:-postgres}
work=$(mktemp -d "${BENCH_DIR:-/var/tmp}/caravan-bench.XXXXXX")
declare -A data=([source]="$work/source" [target]="$work/target")
[ -z "${BENCH_SHOP:-}" ] || data[source]="$BENCH_SHOP/scale-$scale"
service="" watcher=""

as_server() { if [ "$(id -u)" = 0 ]; then runuser -u "$user" -- "$@"; else "$@"; fi; }

stop_all() {
  trap - EXIT
  if [ -n "$watcher" ]; then kill "$watcher" 2>/dev/null && wait "$watcher" 2>/dev/null || true; fi
  if [ -n "$service" ]; then kill "$service" 2>/dev/null && wait "$service" 2>/dev/null || true; fi
  [ ! -f "${data[target]}/postmaster.pid" ] || as_server "$bin/pg_ctl" -D "${data[target]}" -m immediate -w stop >/dev/null || true
  [ ! -f "${data[source]}/postmaster.pid" ] || as_server "$bin/pg_ctl" -D "${data[source]}" -m fast -w stop >/dev/null || true
  if [ -n "${keep:-}" ]; then echo "kept: $work" >&2; else rm -rf "$work"; fi
}
trap stop_all EXIT
trap 'exit 130' INT TERM

free_port() { # the first port from $1 on at which nobody listens
  local port=$1
  while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
  echo "$port"
}

start_server() { # side port
  local dir=${data[$1]}
  if [ ! -f "$dir/PG_VERSION" ]; then
    as_server "$bin/initdb" -D "$dir" -U postgres -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
    cat >>"$dir/postgresql.conf" <<CONF
listen_addresses = '127.0.0.1'
shared_buffers = 512MB
max_wal_size = 4GB
checkpoint_timeout = 15min
maintenance_work_mem = 256MB
max_connections = 60
CONF
  fi
  as_server "$bin/pg_ctl" -D "$dir" -l "$dir/server.log" -o "-p $2 -k $work" -w start >/dev/null
}

source_psql() { psql -X -q -At -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$source_port" -U postgres "$@"; }
target_psql() { psql -X -q -At -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$target_port" -U postgres "$@"; }

start_servers() { # both, with the shop in the source
  chmod 755 "$work"
  [ "$(id -u)" != 0 ] || chown "$user" "$work"
  if [ -n "${BENCH_SHOP:-}" ]; then mkdir -p "$BENCH_SHOP" && { [ "$(id -u)" != 0 ] || chown "$user" "$BENCH_SHOP"; }; fi
  source_port=$(free_port 15432)
  start_server source "$source_port"
  target_port=$(free_port $((source_port + 1)))
  start_server target "$target_port"
  [ "$(source_psql -d postgres -c "SELECT count(*) FROM pg_database WHERE datname = 'shop' AND EXISTS (SELECT 1 FROM pg_roles WHERE rolname = 'copy_reader')")" = 1 ] && return
  source_psql -d postgres -c "CREATE DATABASE shop TEMPLATE template0"
  "$root/bench/generate.sh" "host=127.0.0.1 port=$source_port user=postgres dbname=shop" "$scale"
  source_psql -d postgres -c "CREATE ROLE copy_reader LOGIN" -c "GRANT pg_read_all_data TO copy_reader"
}

start_caravan() { # further lines of its configuration, such as one target per database, come from standard input
  # As its users call it; what must be built is built now, and not in the first round.
  caravan=("$root/caravan")
  "${caravan[@]}" copy --help >/dev/null || exit 1
  http_port=$(free_port 18080)
  target_psql -d postgres -c "CREATE ROLE copy_writer LOGIN CREATEDB"
  local management
  management=$(free_port $((http_port + 1)))
  mkdir -p "$work/service"
  {
    printf '%s\n' "caravan.connection.shop.url = jdbc:postgresql://127.0.0.1:$source_port/shop" \
      "caravan.connection.shop.role = source" "caravan.connection.shop.username = copy_reader" \
      "caravan.mask.policyFile = $work/service/policy.yaml" \
      "caravan.store.url = jdbc:sqlite:$work/service/jobs.db" \
      "caravan.auth.enabled = false" \
      "camel.server.port = $http_port" "camel.management.port = $management"
    cat
  } >"$work/service/caravan.properties"
  (cd "$work/service" && exec java ${BENCH_JAVA_OPTIONS:--Xmx256m -XX:+UseSerialGC} -jar "$root/target/caravan.jar" serve --config "$work/service/caravan.properties") >"$work/service/log" 2>&1 &
  service=$!
  local tries=0
  until (exec 3<>"/dev/tcp/127.0.0.1/$http_port") 2>/dev/null; do
    kill -0 "$service" 2>/dev/null && [ $((tries += 1)) -lt 120 ] || { echo "Caravan did not start:" >&2; tail -20 "$work/service/log" >&2; exit 1; }
    sleep 0.5
  done
}

target_connection() { # name: a database of the target, with a connection of the same name
  printf '%s\n' "caravan.connection.$1.url = jdbc:postgresql://127.0.0.1:$target_port/$1" \
    "caravan.connection.$1.role = target" "caravan.connection.$1.username = copy_writer"
}

new_database() { # database owner
  target_psql -d postgres -c "DROP DATABASE IF EXISTS \"$1\" WITH (FORCE)" -c "CREATE DATABASE \"$1\" OWNER $2 TEMPLATE template0" -c CHECKPOINT
  source_psql -d postgres -c CHECKPOINT
}

copy_by_pgcopydb() { # database
  rm -rf "$work/pgcopydb"
  pgcopydb clone --table-jobs 2 --index-jobs 2 --dir "$work/pgcopydb" \
    --source "host=127.0.0.1 port=$source_port user=postgres dbname=shop" \
    --target "host=127.0.0.1 port=$target_port user=postgres dbname=$1" >"$work/pgcopydb.log" 2>&1
}

check() { # the copy has the source's rows and indexes, or its time means nothing
  local facts="SELECT string_agg(concat_ws(' ', n, rows, indexes), ', ' ORDER BY n) FROM (SELECT c.relname AS n, (SELECT count(*) FROM pg_index WHERE indrelid = c.oid AND indisvalid) + (SELECT count(*) FROM pg_constraint WHERE conrelid = c.oid AND contype = 'f' AND convalidated) AS indexes, (xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM public.%I', c.relname), false, true, '')))[1] AS rows FROM pg_class c WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace) f"
  [ "$(target_psql -d "$1" -c "$facts")" = "$(source_psql -d shop -c "$facts")" ] || { echo "the copy $1 is not complete" >&2; exit 1; }
}
