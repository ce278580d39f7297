#!/usr/bin/env bash
# Measures how long a service takes from the command to the first 200 of its readiness, and prints Markdown.
# Usage: bench/start.sh [--starts 5] [--java JAVA_HOME_WITH_25] after mvn -DskipTests package
# Without any cache; with the class archive of ./caravan serve; and, where a Java 25 is given, with the image's AOT cache and options.
set -euo pipefail
starts=5 java25=""
while [ $# -gt 0 ]; do
  case $1 in
    --starts) starts=$2; shift 2 ;;
    --java) java25=$2; shift 2 ;;
    *) sed -n '2,4s/^# //p' "$0" >&2; exit 2 ;;
  esac
done
root=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
jar=$root/target/caravan.jar
[ -f "$jar" ] || { echo "target/caravan.jar is missing: run mvn -DskipTests package" >&2; exit 2; }
work=$(mktemp -d "${BENCH_DIR:-/var/tmp}/caravan-start.XXXXXX")
service=""
trap '[ -z "$service" ] || kill "$service" 2>/dev/null || true; rm -rf "$work"' EXIT

free_port() { # the first port from $1 on at which nobody listens
  local port=$1
  while (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null; do port=$((port + 1)); done
  echo "$port"
}

start() { # java and its options; sets $took and $cpu, in seconds
  local run=$work/run port management from
  rm -rf "$run"
  mkdir "$run"
  port=$(free_port 18080)
  management=$(free_port $((port + 1)))
  from=$(date +%s%N)
  (cd "$run" && exec "$@" -Djava.io.tmpdir="$run" -Dcaravan.auth.enabled=false -Dcamel.server.port="$port" -Dcamel.management.port="$management" \
    -jar "$jar" serve) >"$work/log" 2>&1 &
  service=$!
  until curl -fs -o /dev/null "http://127.0.0.1:$management/observe/health/ready"; do
    kill -0 "$service" 2>/dev/null || { echo "the service did not start:" >&2; tail -5 "$work/log" >&2; exit 1; }
    sleep 0.05
  done
  took=$(awk -v ns=$(($(date +%s%N) - from)) 'BEGIN { printf "%.2f", ns / 1e9 }')
  cpu=$(awk -v hz="$(getconf CLK_TCK)" '{ sub(/.*\) /, ""); printf "%.2f", ($12 + $13) / hz }' "/proc/$service/stat")
  kill "$service"
  wait "$service" 2>/dev/null || true
  service=""
}

options=(-Xmx256m -XX:+UseSerialGC)
image=(-Xmx256m -XX:+UseSerialGC -XX:+ExitOnOutOfMemoryError --enable-native-access=ALL-UNNAMED)
start java "${options[@]}" -XX:ArchiveClassesAtExit="$work/classes.jsa" -Xlog:cds=off -Xlog:cds+dynamic=off
if [ -n "$java25" ]; then
  mkdir "$work/training"
  # As the Dockerfile does it.
  (cd "$work/training" && CAMEL_MAIN_DURATION_MAX_SECONDS=3 timeout 120 "$java25/bin/java" -XX:AOTCacheOutput="$work/app.aot" -Djava.io.tmpdir="$work/training" \
    -XX:+UseSerialGC -Xmx256m --enable-native-access=ALL-UNNAMED -Dcaravan.auth.enabled=false -jar "$jar" serve) >"$work/training.log" 2>&1 || true
fi
for ((i = 1; i <= starts; i++)); do
  start java "${options[@]}"
  echo "plain $took $cpu" >>"$work/results"
  start java "${options[@]}" -XX:SharedArchiveFile="$work/classes.jsa" -Xlog:cds=off -Xlog:cds+dynamic=off
  echo "archive $took $cpu" >>"$work/results"
  if [ -n "$java25" ]; then
    start "$java25/bin/java" -XX:AOTCache="$work/app.aot" -XX:AOTMode=auto "${image[@]}"
    echo "image $took $cpu" >>"$work/results"
  fi
done
echo "$(nproc) cores, $starts starts of each kind in turn"
echo
echo "| | s: min | median | max | CPU s: min | median | max |"
echo "|---|--:|--:|--:|--:|--:|--:|"
for kind in plain archive image; do
  grep -q "^$kind " "$work/results" || continue
  case $kind in
    plain) name="Java $(java -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p')" ;;
    archive) name="the same with the class archive of \`./caravan serve\`" ;;
    image) name="Java 25 with the image's options and AOT cache" ;;
  esac
  row="| $name"
  for column in 2 3; do
    row="$row$(grep "^$kind " "$work/results" | cut -d' ' -f$column | sort -n | awk '{ v[NR] = $1 } END { printf " | %.2f | %.2f | %.2f", v[1], (v[int((NR + 1) / 2)] + v[int(NR / 2) + 1]) / 2, v[NR] }')"
  done
  echo "$row |"
done
