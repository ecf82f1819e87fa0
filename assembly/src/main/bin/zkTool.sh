#!/usr/bin/env bash
# Tools for stored data and configurations: zkTool.sh help. docs/tools.md says what each is for. Stop the server first: a tool
# takes the same lock. Exit codes: 0 nothing wrong, 1 something found, 2 invocation or configuration, 3 data.

script="${BASH_SOURCE[0]}"
while [ -L "$script" ]; do
  target="$(readlink "$script")"
  case "$target" in
    /*) script="$target" ;;
    *) script="$(dirname "$script")/$target" ;;
  esac
done
ZOOBINDIR="$(cd "$(dirname "$script")" && pwd -P)"

. "$ZOOBINDIR/zkEnv.sh"

if [ $# -eq 0 ]; then
  set -- --help
fi
java_command=("$JAVA")
if [ "$JAVA_FEATURE_VERSION" -ge 22 ]; then
  java_command+=("--enable-native-access=io.zookit.kernel")
fi
if [ "$JAVA_FEATURE_VERSION" -ge 23 ]; then
  java_command+=("--sun-misc-unsafe-memory-access=allow")
fi
logback="$ZOOCFGDIR/logback.xml"
[ -f "$logback" ] || logback="$ZOOKEEPER_PREFIX/conf/logback.xml"
set -f
user_flags=(${CLIENT_JVMFLAGS:-} ${JVMFLAGS:-})
set +f
# What a tool has to say it prints; the log of the parts it uses would only repeat it.
exec "${java_command[@]}" \
  "-Xmx${ZK_SERVER_HEAP}m" \
  "-Dzookit.log.level=OFF" \
  "-Dzookit.log.console=NONE" \
  "-Dlogback.configurationFile=$logback" \
  "${user_flags[@]}" \
  "-Dzookit.plugins=$ZOOPLUGINDIR" \
  --module-path "$ZOOLIBDIR" \
  --add-modules ALL-DEFAULT \
  -m io.zookit.cli/io.zookit.cli.Main "$@"
