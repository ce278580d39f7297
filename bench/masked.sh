#!/usr/bin/env bash
# Measures what masking adds, in interleaved rounds, and prints Markdown: whole copies of the shop (identical, masked, pgcopydb's), and the
# table of customers alone, as the API times that part of the copy (unmasked, with five columns masked, with a token and a document on top).
# Usage: bench/masked.sh [--scale 1] [--rounds 5] [--clones "masked identical pgcopydb"] [--tables "plain five documents"] [--keep]
# An empty list leaves these out. Everything else as with run.sh: two PostgreSQL clusters of its own, and Caravan from target/caravan.jar.
set -euo pipefail
scale=1 rounds=5 clones="masked identical pgcopydb" tables="plain five documents" keep=""
while [ $# -gt 0 ]; do
  case $1 in
    --scale) scale=$2; shift 2 ;;
    --rounds) rounds=$2; shift 2 ;;
    --clones) clones=$2; shift 2 ;;
    --tables) tables=$2; shift 2 ;;
    --keep) keep=yes; shift ;;
    *) sed -n '2,5s/^# //p' "$0" >&2; exit 2 ;;
  esac
done
. "$(dirname "$0")/servers.sh"

write_policies() {
  local five='
      public.customer.first_name: first-name
      public.customer.last_name: last-name
      public.customer.email: email
      public.customer.phone: phone
      public.customer.iban: iban'
  cat <<YAML
policies:
  five:
    columns:
      "*.*.*": {mask: keep, reason: measured}$five
  documents:
    columns:
      "*.*.*": {mask: keep, reason: measured}$five
      public.customer.street: token
      public.customer.profile:
        mask: json
        keys: words
        paths:
          "\$.newsletter": boolean
          "\$.language": {mask: choice, values: [de, en, fr]}
          "\$.points": {mask: number-noise, percent: 20}
          "\$.tags[*]": token
YAML
}

copy() { # database, further options
  "${caravan[@]}" copy --source shop --target "$1" --server "http://127.0.0.1:$http_port" --json "${@:2}" >"$work/copy.log" 2>&1 ||
    { echo "the copy $1 failed" >&2; tail -3 "$work/copy.log" "$work/service/log" >&2; exit 1; }
  job=$(tail -1 "$work/copy.log" | sed -n 's/.*"id":"\([^"]*\)".*/\1/p')
}

asked() { curl -sf "http://127.0.0.1:$http_port/api/v1/copy-jobs/$job/$1"; }

searched() { # how long the last copy's search for source values took, and over how many rows
  asked report | tr ',' '\n' | sed -n 's/.*"\(values\|rows\|millis\)":\([0-9]*\)$/\1 \2/p' | tr '\n' ' '
}

clone() { # tool; sets $took, in seconds
  local TIMEFORMAT=%R options=(--no-mask) owner=copy_writer
  case $1 in
    masked) options=(--mask --mask-policy five) ;;
    pgcopydb) owner=postgres ;;
  esac
  new_database "$1" "$owner"
  if [ "$1" = pgcopydb ]; then
    { time copy_by_pgcopydb "$1"; } 2>"$work/times" || { tail -20 "$work/pgcopydb.log" >&2; exit 1; }
  else
    { time copy "$1" "${options[@]}"; } 2>"$work/times" || { cat "$work/times" >&2; exit 1; }
  fi
  took=$(tail -1 "$work/times")
  check "$1"
  if [ "$1" = masked ]; then check_masked "$1"; fi
}

table() { # policy, or plain; sets $took, in seconds
  local masks='"mask": false'
  [ "$1" = plain ] || masks="\"mask\": true, \"maskPolicy\": \"$1\""
  new_database table copy_writer
  printf '%s\n' "{\"source\": \"shop\", \"target\": \"table\", $masks, \"tables\": {\"schemaOnly\": [\"public.orders\", \"public.order_line\", \"public.product\"]}}" >"$work/request.json"
  copy table --request "$work/request.json"
  took=$(asked tables | sed -n 's/.*"table":"public.customer"[^}]*}[^}]*"copyMillis":\([0-9]*\).*/\1/p' | awk '{ printf "%.3f", $1 / 1000 }')
  [ -n "$took" ] || { echo "the API did not time public.customer" >&2; exit 1; }
  if [ "$1" != plain ]; then check_masked table; fi
}

check_masked() { # no customer has kept an address, and none is missing
  local left="SELECT count(*) FILTER (WHERE email LIKE '%@example.org' OR iban IS NULL) || ' ' || count(*) FROM customer"
  [ "$(target_psql -d "$1" -c "$left")" = "0 $(source_psql -d shop -c "SELECT count(*) FROM customer")" ] || { echo "the copy $1 is not masked" >&2; exit 1; }
}

compare() { # kind, which is a function of this script too, and its tools; the first is compared with the others
  local kind=$1 round i tool order
  read -ra order <<<"$2"
  # Round 0 warms the caches and Caravan's JVM, and is not counted.
  for ((round = 0; round <= rounds; round++)); do
    for ((i = 0; i < ${#order[@]}; i++)); do
      tool=${order[$(((i + round) % ${#order[@]}))]} # another one goes first in each round
      "$kind" "$tool"
      echo "round $round $kind $tool: $took s$(case $tool in plain | identical | pgcopydb) ;; *) echo "; searched: $(searched)" ;; esac)" >&2
      [ "$round" = 0 ] || echo "$round $tool $took" >>"$work/$kind.results"
    done
  done
}

case " $clones " in *" pgcopydb "*) command -v pgcopydb >/dev/null || { echo "pgcopydb is not installed" >&2; exit 2; } ;; esac
start_servers
mkdir "$work/service"
write_policies >"$work/service/policy.yaml"
BENCH_MASK_KEY=$(od -An -tx1 -N32 /dev/urandom | tr -d ' \n')
export BENCH_MASK_KEY
start_caravan < <(
  echo 'caravan.mask.key = {{env:BENCH_MASK_KEY}}'
  for name in masked identical table; do target_connection "$name"; done
)
[ -z "$tables" ] || compare table "$tables"
[ -z "$clones" ] || compare clone "$clones"

echo "shop at scale $scale, $(source_psql -d shop -c "SELECT (pg_database_size('shop') / 1e6)::int") MB, $(nproc) cores, PostgreSQL $(source_psql -d shop -c 'SHOW server_version'), $rounds rounds"
if [ -n "$tables" ]; then
  printf '\nThe customers: %s rows, %s columns\n\n' "$(source_psql -d shop -c "SELECT count(*) FROM customer")" "$(source_psql -d shop -c "SELECT count(*) FROM pg_attribute WHERE attrelid = 'customer'::regclass AND attnum > 0")"
  awk -v tools="$tables" -v base="${tables%% *}" -f "$root/bench/summary.awk" "$work/table.results"
fi
if [ -n "$clones" ]; then
  printf '\nWhole copies\n\n'
  awk -v tools="$clones" -f "$root/bench/summary.awk" "$work/clone.results"
fi
