#!/usr/bin/env bash
# Measures copies of one database by Caravan, pgcopydb and pg_dump | psql (also tenants10 and tenants1: Caravan's copy of so many of its
# 100 tenants; and watched: Caravan's copy while 50 event streams and 200 status requests a second look at it), in interleaved rounds, and prints Markdown.
# Usage: bench/run.sh [--scale 1] [--rounds 3] [--tools "caravan pgcopydb dump"] [--workers N] [--keep]
# Starts two PostgreSQL clusters of its own in a temporary directory (BENCH_DIR, default /var/tmp) and removes them at the end.
# As root it runs them as the user postgres (BENCH_USER). Caravan's client is ./caravan, as its users call it, which builds what is missing.
# Wall time is the client's. CPU is user + system time of both servers' processes, of the client's, and of Caravan's service.
set -euo pipefail
root=$(cd "$(dirname "$0")/.." && pwd)
scale=1 rounds=3 tools="caravan pgcopydb dump" workers="" keep=""
while [ $# -gt 0 ]; do
  case $1 in
    --scale) scale=$2; shift 2 ;;
    --rounds) rounds=$2; shift 2 ;;
    --tools) tools=$2; shift 2 ;;
    --workers) workers=$2; shift 2 ;;
    --keep) keep=yes; shift ;;
    *) sed -n '2,6s/^# //p' "$0" >&2; exit 2 ;;
  esac
done
bin=${PG_BIN:-$(dirname "$(ls /usr/lib/postgresql/*/bin/initdb 2>/dev/null | sort -V | tail -1)")}
export PATH="$bin:$PATH" LC_ALL=C.UTF-8 PGOPTIONS="-c client_min_messages=warning"
user=${BENCH_USER:-postgres}
work=$(mktemp -d "${BENCH_DIR:-/var/tmp}/caravan-bench.XXXXXX")
hertz=$(getconf CLK_TCK)
service="" watcher=""

as_server() { if [ "$(id -u)" = 0 ]; then runuser -u "$user" -- "$@"; else "$@"; fi; }

stop_all() {
  trap - EXIT
  if [ -n "$watcher" ]; then kill "$watcher" 2>/dev/null && wait "$watcher" 2>/dev/null || true; fi
  if [ -n "$service" ]; then kill "$service" 2>/dev/null && wait "$service" 2>/dev/null || true; fi
  for side in source target; do
    [ -f "$work/$side/postmaster.pid" ] && as_server "$bin/pg_ctl" -D "$work/$side" -m immediate -w stop >/dev/null || true
  done
  if [ -n "$keep" ]; then echo "kept: $work" >&2; else rm -rf "$work"; fi
}
trap stop_all EXIT
trap 'exit 130' INT TERM

free_port() { # the first port from $1 on at which nobody listens
  local port=$1
  while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
  echo "$port"
}

start_server() { # side port
  local dir=$work/$1
  as_server "$bin/initdb" -D "$dir" -U postgres -A trust -E UTF8 --locale=C.UTF-8 >/dev/null
  cat >>"$dir/postgresql.conf" <<CONF
port = $2
listen_addresses = '127.0.0.1'
unix_socket_directories = '$work'
shared_buffers = 512MB
max_wal_size = 4GB
checkpoint_timeout = 15min
maintenance_work_mem = 256MB
max_connections = 60
CONF
  as_server "$bin/pg_ctl" -D "$dir" -l "$dir/server.log" -w start >/dev/null
}

ticks_of() { # user and system time of a process; of its reaped children too with a second argument
  local stat
  stat=$(cat "/proc/$1/stat" 2>/dev/null) || { echo 0; return; }
  # The name in parentheses may hold spaces: fields are counted from behind it.
  set -- ${stat##*) } "${2:-}"
  local own=$((${12} + ${13}))
  if [ -n "${!#}" ]; then own=$((own + ${14} + ${15})); fi
  echo "$own"
}

tree_ticks() { # a postmaster, what it reaped, and its living children
  local sum child
  sum=$(ticks_of "$1" reaped)
  for child in $(cat "/proc/$1/task/$1/children" 2>/dev/null); do sum=$((sum + $(ticks_of "$child" reaped))); done
  echo "$sum"
}

all_ticks() {
  local sum=0 side
  for side in source target; do sum=$((sum + $(tree_ticks "$(head -1 "$work/$side/postmaster.pid")"))); done
  if [ -n "$service" ]; then sum=$((sum + $(tree_ticks "$service"))); fi
  echo "$sum"
}

source_psql() { psql -X -q -At -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$source_port" -U postgres "$@"; }
target_psql() { psql -X -q -At -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$target_port" -U postgres "$@"; }

copy_by_dump() { # database
  pg_dump -h 127.0.0.1 -p "$source_port" -U postgres shop | psql -X -q -o /dev/null -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$target_port" -U postgres -d "$1"
}

copy_by_pgcopydb() { # database
  pgcopydb clone --table-jobs 2 --index-jobs 2 --dir "$work/pgcopydb" \
    --source "host=127.0.0.1 port=$source_port user=postgres dbname=shop" \
    --target "host=127.0.0.1 port=$target_port user=postgres dbname=$1" >"$work/pgcopydb.log" 2>&1
}

copy_by_caravan() { # database, whose name has a connection of the same name
  "$root/caravan" copy --source shop --target "$1" --no-mask "${@:2}" --server "http://127.0.0.1:$http_port" >"$work/copy.log" 2>&1
}

copy_by_tenants10() { copy_by_caravan "$1" --only-tenants "$(seq -s, 5 10 95)"; }

copy_by_watched() {
  touch "$work/watching"
  copy_by_caravan "$1"
  rm "$work/watching"
}

copy_by_tenants1() { copy_by_caravan "$1" --only-tenants 42; }

start_caravan() {
  "$root/caravan" copy --help >/dev/null
  http_port=$(free_port 18080)
  source_psql -d postgres -c "CREATE ROLE copy_reader LOGIN" -c "GRANT pg_read_all_data TO copy_reader"
  target_psql -d postgres -c "CREATE ROLE copy_writer LOGIN CREATEDB"
  local management
  management=$(free_port $((http_port + 1)))
  mkdir "$work/service"
  printf '%s\n' "policies:" "  default:" "    tenantKey: tenant_id" >"$work/service/policy.yaml"
  {
    printf '%s\n' "caravan.connection.shop.url = jdbc:postgresql://127.0.0.1:$source_port/shop" \
      "caravan.connection.shop.role = source" "caravan.connection.shop.username = copy_reader" \
      "caravan.mask.policyFile = $work/service/policy.yaml" \
      "caravan.store.url = jdbc:sqlite:$work/service/jobs.db" \
      "caravan.auth.enabled = false" \
      "camel.server.port = $http_port" "camel.management.port = $management"
    [ -z "$workers" ] || echo "caravan.workers = $workers"
    local round tool
    for tool in caravan watched tenants10 tenants1; do
      for ((round = 0; round <= rounds; round++)); do
        printf '%s\n' "caravan.connection.${tool}_$round.url = jdbc:postgresql://127.0.0.1:$target_port/${tool}_$round" \
          "caravan.connection.${tool}_$round.role = target" "caravan.connection.${tool}_$round.username = copy_writer"
      done
    done
  } >"$work/service/caravan.properties"
  (cd "$work/service" && exec java -Xmx256m -jar "$root/target/caravan.jar" serve --config "$work/service/caravan.properties") >"$work/service/log" 2>&1 &
  service=$!
  local tries=0
  until (exec 3<>"/dev/tcp/127.0.0.1/$http_port") 2>/dev/null; do
    kill -0 "$service" 2>/dev/null && [ $((tries += 1)) -lt 120 ] || { echo "Caravan did not start:" >&2; tail -20 "$work/service/log" >&2; exit 1; }
    sleep 0.5
  done
}

measure() { # tool round; sets $wall and $cpu, in seconds
  local tool=$1 database=$1_$2 before after
  local owner=postgres
  case $tool in caravan | watched | tenants*) owner=copy_writer ;; esac
  target_psql -d postgres -c "CREATE DATABASE \"$database\" OWNER $owner TEMPLATE template0" -c CHECKPOINT
  source_psql -d postgres -c CHECKPOINT
  rm -rf "$work/pgcopydb"
  before=$(all_ticks)
  local TIMEFORMAT='%R %U %S' times
  { time "copy_by_$tool" "$database" 2>"$work/$tool.err"; } 2>"$work/times" || {
    echo "$tool failed in round $2" >&2; tail -20 "$work/$tool.err" "$work/pgcopydb.log" "$work/copy.log" >&2 2>/dev/null; exit 1; }
  times=$(tail -1 "$work/times")
  # The servers' processes are counted when they are reaped or still alive, so that nothing has to have ended here.
  after=$(all_ticks)
  wall=${times%% *}
  cpu=$(awk -v t="$times" -v d=$((after - before)) -v hz="$hertz" 'BEGIN { split(t, x, " "); printf "%.2f", x[2] + x[3] + d / hz }')
  case $tool in
    tenants*) check_tenants "$database" "${tool#tenants}" ;;
    *) check "$database" ;;
  esac
  target_psql -d postgres -c "DROP DATABASE \"$database\" WITH (FORCE)"
}

check() { # the copy has the source's rows and indexes, or its time means nothing
  local facts="SELECT string_agg(concat_ws(' ', n, rows, indexes), ', ' ORDER BY n) FROM (SELECT c.relname AS n, (SELECT count(*) FROM pg_index WHERE indrelid = c.oid AND indisvalid) + (SELECT count(*) FROM pg_constraint WHERE conrelid = c.oid AND contype = 'f' AND convalidated) AS indexes, (xpath('/row/n/text()', query_to_xml(format('SELECT count(*) AS n FROM public.%I', c.relname), false, true, '')))[1] AS rows FROM pg_class c WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace) f"
  [ "$(target_psql -d "$1" -c "$facts")" = "$(source_psql -d shop -c "$facts")" ] || { echo "the copy $1 is not complete" >&2; exit 1; }
}

check_tenants() { # the copy has the lines of so many tenants' orders, and every key holds
  local lines="SELECT count(*) FROM order_line l JOIN orders o ON o.id = l.order_id WHERE o.tenant_id = ANY ('{$([ "$2" = 1 ] && echo 42 || seq -s, 5 10 95)}')"
  [ "$(target_psql -d "$1" -c "SELECT count(*) FROM order_line")" = "$(source_psql -d shop -c "$lines")" ] &&
    [ "$(target_psql -d "$1" -c "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND convalidated")" = 3 ] || { echo "the copy $1 is not complete" >&2; exit 1; }
}

case " $tools " in *" pgcopydb "*) command -v pgcopydb >/dev/null || { echo "pgcopydb is not installed" >&2; exit 2; } ;; esac
chmod 755 "$work"
[ "$(id -u)" != 0 ] || chown "$user" "$work"
source_port=$(free_port 15432)
start_server source "$source_port"
target_port=$(free_port $((source_port + 1)))
start_server target "$target_port"
source_psql -d postgres -c "CREATE DATABASE shop TEMPLATE template0"
"$root/bench/generate.sh" "host=127.0.0.1 port=$source_port user=postgres dbname=shop" "$scale"
case " $tools " in *" caravan "* | *" watched "* | *" tenants"*) start_caravan ;; esac
case " $tools " in
  *" watched "*)
    javac -d "$work" "$root/bench/Watch.java"
    java -Xmx64m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -cp "$work" Watch "$http_port" 50 200 "$work/watching" >&2 &
    watcher=$!
    ;;
esac

read -ra order <<<"$tools"
# Round 0 warms the caches and Caravan's JVM, and is not counted.
for ((round = 0; round <= rounds; round++)); do
  for ((i = 0; i < ${#order[@]}; i++)); do
    tool=${order[$(((i + round) % ${#order[@]}))]} # another one goes first in each round
    measure "$tool" "$round"
    echo "round $round $tool: $wall s, $cpu s CPU" >&2
    [ "$round" = 0 ] || echo "$round $tool $wall $cpu" >>"$work/results"
  done
done

echo "shop at scale $scale, $(source_psql -d shop -c "SELECT (pg_database_size('shop') / 1e6)::int") MB, $(nproc) cores, PostgreSQL $(source_psql -d shop -c 'SHOW server_version'), $rounds rounds"
echo
awk -v tools="$tools" -f "$root/bench/summary.awk" "$work/results"
