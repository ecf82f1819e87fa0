#!/usr/bin/env bash
# Measures the built distribution beside Apache ZooKeeper: compare.sh --help. Needs a JDK 17, Maven and git, and nothing running.
# What is missing is built or downloaded first; tables go to standard output, progress to standard error.
set -euo pipefail

here="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
root="$(cd "$here/../.." && pwd -P)"
zookit="$root/assembly/target/zookit"
build=no
help=no
words=()
for word in "$@"; do
  case "$word" in
    --build) build=yes ;;
    --help | -h) help=yes ;;
    *) words+=("$word") ;;
  esac
done

maven() {
  mvn --quiet --batch-mode "$@" >&2
}

# True when a source of the driver is newer than its classes.
driver_is_old() {
  [ ! -f "$here/target/classes/module-info.class" ] \
    || [ -n "$(find "$here/src/main" -name '*.java' -newer "$here/target/classes/module-info.class" -print -quit)" ]
}

if driver_is_old; then
  echo "building the driver" >&2
  maven -f "$root/pom.xml" -pl modules/benchmarks -am -DskipTests process-classes
  touch "$here/target/classes/module-info.class"
fi
java="${JAVA_HOME:+$JAVA_HOME/bin/}java"
driver=("$java" -p "$here/target/classes" -m io.zookit.benchmarks/io.zookit.benchmarks.Main)
if [ "$help" = yes ]; then
  exec "${driver[@]}" --help
fi
if [ "$build" = yes ] || [ ! -x "$zookit/bin/zkServer.sh" ]; then
  echo "building the distribution" >&2
  maven -f "$root/pom.xml" -pl assembly -am -DskipTests package
fi
if [ ! -d "$here/target/apache/lib" ]; then
  echo "getting Apache ZooKeeper" >&2
  maven -f "$here/apache/pom.xml" dependency:copy-dependencies
fi

echo "distribution: $zookit, built $(date -r "$zookit/lib" '+%F %T')" >&2
exec "${driver[@]}" \
  --zookit-home "$zookit" \
  --apache-class-path "$here/apache/conf:$here/target/apache/lib/*" \
  --directory "$here/target/servers" \
  ${words[@]+"${words[@]}"}
