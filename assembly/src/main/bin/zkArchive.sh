#!/usr/bin/env bash
# Shortens starts by a third: writes down the classes of one start in a form that Java maps instead of reading jars. Run it once where
# the distribution stands, as somebody who may write there, and again when Java or a jar in lib/ was changed; zkServer.sh uses the
# archive as far as it fits. The start that is watched is one with the configured plugins, with data of its own in a temporary
# directory and on any port of this machine's own address.
#
#   zkArchive.sh [--config DIR]
#
# Exit codes: 0 done, 1 it could not be done.
set -uo pipefail

ZOOBINDIR="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
set +u
. "$ZOOBINDIR/zkEnv.sh"
set -u

archive="$ZOOKEEPER_PREFIX/classes.jsa"
case "$archive" in
  *[[:space:]]*)
    echo "no archive: Java cannot make one where the path has a blank: $ZOOKEEPER_PREFIX" >&2
    exit 1
    ;;
esac
work="$(mktemp -d)"
trap 'rm -rf "$work"' EXIT
sed -E '/^[[:space:]]*(dataDir|dataLogDir|clientPort|clientPortAddress|secureClientPort|secureClientPortAddress|dynamicConfigFile|server\.[0-9]+)[[:space:]]*[=:]/d' \
  "$ZOOCFG" > "$work/zoo.cfg"
printf '\n%s\n' "dataDir=$work/data" "clientPort=0" "clientPortAddress=127.0.0.1" >> "$work/zoo.cfg"

rm -f "$archive"
: > "$work/output"
export ZOO_LOG_DIR="$work/logs" JVMFLAGS="${JVMFLAGS:-} -XX:ArchiveClassesAtExit=$archive -Xlog:cds=off -Xlog:cds+dynamic=off"
"$ZOOBINDIR/zkServer.sh" --config "$ZOOCFGDIR" start-foreground "$work/zoo.cfg" > "$work/output" 2>&1 &
server=$!
tenths=0
until grep -q 'ready: ' "$work/output"; do
  if [ "$tenths" -ge 600 ] || ! kill -0 "$server" 2> /dev/null; then
    kill "$server" 2> /dev/null
    echo "no archive, because the server did not start:" >&2
    tail -n 20 "$work/output" >&2
    exit 1
  fi
  sleep 0.1
  tenths=$((tenths + 1))
done
# A word is answered by most of what answers a client.
port="$(sed -n 's/.*ready: .*:\([0-9]*\)$/\1/p' "$work/output")"
{ exec 3<> "/dev/tcp/127.0.0.1/$port" && echo -n srvr >&3 && cat <&3 > /dev/null; } 2> /dev/null
exec 3>&-
kill "$server"
wait "$server"
if [ ! -f "$archive" ]; then
  echo "no archive: Java could not write $archive" >&2
  exit 1
fi
