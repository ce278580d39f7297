#!/usr/bin/env bash
# What masking one value costs, by JMH: bench/maskers/run.sh [JMH OPTIONS], after mvn -DskipTests package. With -prof gc also what it allocates.
set -euo pipefail
home=$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)
work=$home/target/jmh
mkdir -p "$work/lib" "$work/classes"
for artifact in org.openjdk.jmh:jmh-core:1.37 org.openjdk.jmh:jmh-generator-annprocess:1.37 \
  net.sf.jopt-simple:jopt-simple:5.0.4 org.apache.commons:commons-math3:3.6.1; do
  name=${artifact#*:}
  [ -f "$work/lib/${name/:/-}.jar" ] ||
    mvn -q -B -f "$home/pom.xml" dependency:copy "-Dartifact=$artifact" "-DoutputDirectory=$work/lib" -Dmdep.useBaseVersion=true
done
path="$home/target/caravan.jar:$home/target/lib/*:$work/lib/*"
javac -d "$work/classes" -cp "$path" -processor org.openjdk.jmh.generators.BenchmarkProcessor "$home/bench/maskers/MaskerBench.java"
exec java -cp "$work/classes:$path" org.openjdk.jmh.Main "$@"
