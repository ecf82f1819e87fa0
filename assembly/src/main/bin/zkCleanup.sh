#!/usr/bin/env bash
# Deletes all but the newest snapshots, and the log before them, of the server configured by zoo.cfg: zkCleanup.sh -n COUNT, with
# COUNT at least 3. The server must not run; a running one does this by itself (autopurge.snapRetainCount, autopurge.purgeInterval).

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

exec "$ZOOBINDIR/zkTool.sh" purge "$ZOOCFG" "$@"
