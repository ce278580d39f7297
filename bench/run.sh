#!/usr/bin/env bash
# Measures copies of one database by Caravan, pgcopydb and pg_dump | psql (also tenants10 and tenants1: Caravan's copy of so many of its
# 100 tenants; and watched: Caravan's copy while 50 event streams and 200 status requests a second look at it), in interleaved rounds, and prints Markdown.
# Usage: bench/run.sh [--scale 1] [--rounds 3] [--tools "caravan pgcopydb dump"] [--workers N] [--keep]
# Starts two PostgreSQL clusters of its own in a temporary directory (BENCH_DIR, default /var/tmp) and removes them at the end.
# As root it runs them as the user postgres (BENCH_USER). Caravan's client is ./caravan, as its users call it, which builds what is missing.
# Wall time is the client's. CPU is user + system time of both servers' processes, of the client's, and of Caravan's service.
set -euo pipefail
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
. "$(dirname "$0")/servers.sh"
hertz=$(getconf CLK_TCK)

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
  for side in source target; do sum=$((sum + $(tree_ticks "$(head -1 "${data[$side]}/postmaster.pid")"))); done
  if [ -n "$service" ]; then sum=$((sum + $(tree_ticks "$service"))); fi
  echo "$sum"
}

copy_by_dump() { # database
  pg_dump -h 127.0.0.1 -p "$source_port" -U postgres shop | psql -X -q -o /dev/null -v ON_ERROR_STOP=1 -h 127.0.0.1 -p "$target_port" -U postgres -d "$1"
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

serve() {
  "$root/caravan" copy --help >/dev/null
  mkdir "$work/service"
  printf '%s\n' "policies:" "  default:" "    tenantKey: tenant_id" >"$work/service/policy.yaml"
  local round tool
  start_caravan < <(
    [ -z "$workers" ] || echo "caravan.workers = $workers"
    for tool in caravan watched tenants10 tenants1; do
      for ((round = 0; round <= rounds; round++)); do target_connection "${tool}_$round"; done
    done
  )
}

measure() { # tool round; sets $wall and $cpu, in seconds
  local tool=$1 database=$1_$2 before after
  local owner=postgres
  case $tool in caravan | watched | tenants*) owner=copy_writer ;; esac
  new_database "$database" "$owner"
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

check_tenants() { # the copy has the lines of so many tenants' orders, and every key holds
  local lines="SELECT count(*) FROM order_line l JOIN orders o ON o.id = l.order_id WHERE o.tenant_id = ANY ('{$([ "$2" = 1 ] && echo 42 || seq -s, 5 10 95)}')"
  [ "$(target_psql -d "$1" -c "SELECT count(*) FROM order_line")" = "$(source_psql -d shop -c "$lines")" ] &&
    [ "$(target_psql -d "$1" -c "SELECT count(*) FROM pg_constraint WHERE contype = 'f' AND convalidated")" = 3 ] || { echo "the copy $1 is not complete" >&2; exit 1; }
}

case " $tools " in *" pgcopydb "*) command -v pgcopydb >/dev/null || { echo "pgcopydb is not installed" >&2; exit 2; } ;; esac
start_servers
case " $tools " in *" caravan "* | *" watched "* | *" tenants"*) serve ;; esac
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
