#!/usr/bin/env bash
# Makes a distribution of this one, with exactly the plugins of a list, and checks that a server would start with them.
#
#   zkAssemble.sh [--config DIR] [--runtime] LIST TARGET [PLUGIN_DIRECTORY...]
#
# The files of DIR go over those in conf/; its zoo.cfg has to choose among the plugins of the list. --runtime adds a Java runtime, cut
# down by jlink to what these plugins need: for this operating system and processor, and made by the JDK of JAVA_HOME or the PATH.
# LIST holds one plugin directory's name a line (storage-mapdb); # begins a comment. A plugin is taken from plugins/ of this
# distribution, or is one of the directories named after TARGET, such as mine/storage-journal; of a line that Maven can read,
# group:artifact:version, the artifact is the name. TARGET must not exist; TARGET.tar.gz is written beside it, and TARGET.zip where
# there is a program zip. Exit codes: 0 done, 1 it could not be done, 2 the invocation or the list is wrong. Nothing is left of a
# distribution that was not finished.
set -euo pipefail

ZOOBINDIR="$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd -P)"
home="$(dirname "$ZOOBINDIR")"
set +u
. "$ZOOBINDIR/zkEnv.sh"
set -u

refuse() {
  echo "$1" >&2
  exit 2
}

# The directory of jdeps and jlink: those of JAVA_HOME, else those beside the java on the PATH.
jdk_tools() {
  local java tools
  for java in "${JAVA_HOME:-}/bin/java" "$(type -p java)"; do
    tools="$(dirname "$(readlink -f "$java" || true)")"
    if [ -x "$tools/jdeps" ] && [ -x "$tools/jlink" ]; then
      echo "$tools"
      return
    fi
  done
}

with_runtime=no
if [ "${1:-}" = "--runtime" ]; then
  with_runtime=yes
  shift
  tools="$(jdk_tools)"
  [ -n "$tools" ] || refuse "--runtime needs jdeps and jlink: set JAVA_HOME to a JDK 17 or later"
fi
if [ $# -lt 2 ]; then
  refuse "Usage: $0 [--config DIR] [--runtime] LIST TARGET [PLUGIN_DIRECTORY...]"
fi
list="$1"
target="$2"
shift 2
[ -r "$list" ] || refuse "$list cannot be read: name a file with one plugin a line"
[ ! -e "$target" ] || refuse "$target is there already: name another target, or remove it"

# Where the plugin of this name comes from: the user's own first.
source_of() {
  local name="$1" directory
  shift
  for directory in "$@" "$home/plugins/$name"; do
    if [ "$(basename "$directory")" = "$name" ] && compgen -G "$directory/*.jar" > /dev/null; then
      echo "$directory"
      return
    fi
  done
}

names=()
sources=()
number=0
while IFS= read -r line || [ -n "$line" ]; do
  number=$((number + 1))
  name="$(sed 's/#.*//; s/^[[:space:]]*//; s/[[:space:]]*$//' <<< "$line")"
  [ -n "$name" ] || continue
  case "$name" in *:*:*)
    name="${name#*:}"
    name="${name%%:*}"
    ;;
  esac
  case " ${names[*]-} " in *" $name "*) refuse "$list:$number: $name is there twice: remove one" ;; esac
  source="$(source_of "$name" "$@")"
  [ -n "$source" ] || refuse "$list:$number: there is no plugin $name: correct the name (here are: $(ls "$home/plugins" | tr '\n' ' ')), or name its directory after the target"
  names+=("$name")
  sources+=("$source")
done < "$list"
[ ${#names[@]} -gt 0 ] || refuse "$list names no plugin"
for directory in "$@"; do
  case " ${names[*]} " in
    *" $(basename "$directory") "*) ;;
    *) refuse "$directory is named here but not in $list: add a line $(basename "$directory"), or leave it out" ;;
  esac
done

work="$target.unfinished"
[ ! -e "$work" ] || refuse "$work is left of an earlier run: remove it"
trap 'rm -rf "$work"' EXIT
mkdir -p "$work/plugins"
for part in bin lib conf docs LICENSE README.md ARCHITECTURE.md CHANGELOG.md; do
  cp -R "$home/$part" "$work/$part"
done
for i in "${!names[@]}"; do
  cp -R "${sources[$i]}" "$work/plugins/${names[$i]}"
done

cp -R "$ZOOCFGDIR/." "$work/conf"

if [ "$with_runtime" = yes ]; then
  # What no class names: JMX as zkServer.sh switches it on, the curves of TLS, and jcmd, for whoever has to look at a live server.
  modules="$("$tools/jdeps" --multi-release 17 --ignore-missing-deps --print-module-deps \
    --module-path "$work/lib$(printf ":$work/plugins/%s" "${names[@]}")" "$work"/lib/*.jar "$work"/plugins/*/*.jar \
    | tail -n 1),jdk.management.agent,jdk.crypto.ec,jdk.jcmd"
  "$tools/jlink" --add-modules "$modules" --strip-debug --no-header-files --no-man-pages --compress 2 --output "$work/runtime"
  # The classes every Java starts with, in the form in which they are mapped and not read; a JDK comes with them, jlink leaves them out.
  "$work/runtime/bin/java" -Xshare:dump > /dev/null
fi

# Whether a server would start: every plugin is loaded, and the zoo.cfg chooses only what is there.
ZOOCFGDIR="$work/conf" ZOOLIBDIR="$work/lib" ZOOPLUGINDIR="$work/plugins" ZOO_LOG_DIR="$work/logs" \
  "$work/bin/zkTool.sh" check-config "$work/conf/zoo.cfg" \
  || refuse "$list and $ZOOCFGDIR/zoo.cfg do not make a server: correct the list, or the zoo.cfg of --config DIR"
rm -rf "$work/logs"

mv "$work" "$target"
if [ "$with_runtime" = yes ]; then
  "$target/bin/zkArchive.sh" --config "$target/conf" || echo "starts of $target will take longer than they could" >&2
fi
parent="$(dirname "$target")"
tar -C "$parent" -czf "$target.tar.gz" "$(basename "$target")"
if type -p zip > /dev/null; then
  (cd "$parent" && zip -qr "$(basename "$target").zip" "$(basename "$target")")
fi
echo "$target and $target.tar.gz: ${names[*]}"
