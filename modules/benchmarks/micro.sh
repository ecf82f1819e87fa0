#!/usr/bin/env bash
# Runs the JMH benchmarks of single parts. Every word goes to JMH: micro.sh -h, micro.sh -l, micro.sh TreeBenchmark.find -f 2
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
root="$(cd "$here/../.." && pwd -P)"
mvn --quiet --batch-mode -f "$root/pom.xml" -Pmicro -pl modules/benchmarks -am test-compile >&2
classes="$here/target/test-classes:$here/target/classes:$(cat "$here/target/micro.classpath")"
exec "${JAVA_HOME:+$JAVA_HOME/bin/}java" -cp "$classes" org.openjdk.jmh.Main "$@"
