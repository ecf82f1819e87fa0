#!/usr/bin/env bash
# Sourced by the other scripts, which set ZOOBINDIR to their own directory first. It understands the environment of Apache
# ZooKeeper's scripts, so a deployment moves here without changing its units, images or wrappers.
#
#   --config DIR, ZOOCFGDIR    where the configuration lives (conf/ beside bin/, or ../etc/zookeeper)
#   ZOOCFG                     its file name (zoo.cfg)
#   ZOO_LOG_DIR                where log files go (logs/ beside bin/; logs/ in the data directory when that is read-only)
#   ZOO_LOG_FILE               the log's file name (zookeeper-<user>-server-<host>.log)
#   ZOO_LOG4J_PROP             level and targets: INFO,CONSOLE,ROLLINGFILE
#   JAVA_HOME                  the Java to use (otherwise the first java on the PATH); a distribution with a runtime/ uses that
#   ZK_SERVER_HEAP             heap of the server in MB (1000)
#   SERVER_JVMFLAGS, JVMFLAGS  further options for Java; a later one wins
#   ZOOLIBDIR, ZOOPLUGINDIR    lib/ and plugins/ when they are kept elsewhere
# DIR/zookeeper-env.sh and DIR/java.env are read in this order, before the defaults are filled in.

ZOOKEEPER_PREFIX="$(dirname "$ZOOBINDIR")"

if [ $# -gt 1 ] && [ "$1" = "--config" ]; then
  ZOOCFGDIR="$2"
  shift 2
fi
if [ -z "${ZOOCFGDIR:-}" ]; then
  if [ -e "$ZOOKEEPER_PREFIX/conf" ]; then
    ZOOCFGDIR="$ZOOKEEPER_PREFIX/conf"
  else
    ZOOCFGDIR="$ZOOKEEPER_PREFIX/etc/zookeeper"
  fi
fi

if [ -f "$ZOOCFGDIR/zookeeper-env.sh" ]; then
  . "$ZOOCFGDIR/zookeeper-env.sh"
fi
case "${ZOOCFG:=zoo.cfg}" in
  /*) ;;
  *) ZOOCFG="$ZOOCFGDIR/$ZOOCFG" ;;
esac
if [ -f "$ZOOCFGDIR/java.env" ]; then
  . "$ZOOCFGDIR/java.env"
fi

if [ -x "$ZOOKEEPER_PREFIX/runtime/bin/java" ]; then
  JAVA="$ZOOKEEPER_PREFIX/runtime/bin/java"
elif [ -n "${JAVA_HOME:-}" ] && [ -x "$JAVA_HOME/bin/java" ]; then
  JAVA="$JAVA_HOME/bin/java"
elif type -p java > /dev/null; then
  JAVA="$(type -p java)"
else
  echo "Error: JAVA_HOME is not set and java could not be found in PATH." >&2
  exit 1
fi

# The release file beside the real bin/java names the version without starting a JVM.
java_feature_version() {
  local release version
  release="$(dirname "$(dirname "$(readlink -f "$JAVA" 2> /dev/null || echo "$JAVA")")")/release"
  version="$(sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$release" 2> /dev/null)"
  if [ -z "$version" ]; then
    version="$("$JAVA" -version 2>&1 | sed -n 's/.* version "\([0-9]*\).*/\1/p' | head -n 1)"
  fi
  echo "${version:-0}"
}
JAVA_FEATURE_VERSION="$(java_feature_version)"
if [ "$JAVA_FEATURE_VERSION" -lt 17 ]; then
  echo "Error: $JAVA is too old (or of unknown version): Java 17 or later is needed. Set JAVA_HOME." >&2
  exit 1
fi

ZOOLIBDIR="${ZOOLIBDIR:-$ZOOKEEPER_PREFIX/lib}"
ZOOPLUGINDIR="${ZOOPLUGINDIR:-$ZOOKEEPER_PREFIX/plugins}"
ZOO_LOG4J_PROP="${ZOO_LOG4J_PROP:-INFO,CONSOLE,ROLLINGFILE}"
ZK_SERVER_HEAP="${ZK_SERVER_HEAP:-1000}"
SERVER_JVMFLAGS="-Xmx${ZK_SERVER_HEAP}m ${SERVER_JVMFLAGS:-}"
export SERVER_JVMFLAGS

# The server runs from its module path alone; a stray CLASSPATH must not get into it.
if [ -n "${CLASSPATH:-}" ]; then
  echo "CLASSPATH is not used: put the jars of a plugin into a directory of their own under $ZOOPLUGINDIR" >&2
  unset CLASSPATH
fi
