#!/usr/bin/env bash
# Starts, stops and asks a server. Verbs, environment, files and exit codes are those of Apache ZooKeeper's script of this name.
#
#   zkServer.sh [--config DIR] {start|start-foreground|stop|version|restart|status|print-cmd} [config file]
#
# The config file is a name in the configuration directory or a path of its own; start-foreground becomes the Java process, so
# signals and exit codes are the server's: 0 normal end, 1 failure, 2 invocation or configuration, 3 data directory.

# A link to this script may stand anywhere: lib/ and plugins/ are found from where the script really is.
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
verb="${1:-}"

if [ -n "${2:-}" ]; then
  case "$2" in
    */*) ZOOCFG="$2" ;;
    *) ZOOCFG="$ZOOCFGDIR/$2" ;;
  esac
fi

# The value of a key in a file of properties: the last one counts, as for the server.
property() {
  sed -n "s/^[[:space:]]*$1[[:space:]]*[=:][[:space:]]*//p" "${2:-$ZOOCFG}" 2> /dev/null | tail -n 1 | sed 's/[[:space:]]*$//'
}

# True when the process in the pid file lives and, where that can be seen, is a Java process: after a reboot its number may have
# gone to somebody else.
server_lives() {
  local pid
  [ -f "$ZOOPIDFILE" ] && pid="$(cat "$ZOOPIDFILE")" && [ -n "$pid" ] && kill -0 "$pid" 2> /dev/null || return 1
  if [ -r "/proc/$pid/cmdline" ]; then
    tr '\0' ' ' < "/proc/$pid/cmdline" | grep -q 'io\.zookit\.server'
  fi
}

# The file of a daemon's standard output, and the directories for it and the pid file. Only a start creates anything.
prepare_directories() {
  if [ -n "${ZOO_DATADIR_AUTOCREATE_DISABLE:-}" ]; then
    require_initialised "data" "$ZOO_DATADIR"
    if [ -n "$ZOO_DATALOGDIR" ]; then
      require_initialised "transaction log" "$ZOO_DATALOGDIR"
    fi
  fi
  if [ -n "$ZOO_DATADIR" ] || [ -n "${pid_file_given:-}" ]; then
    mkdir -p "$(dirname "$ZOOPIDFILE")"
  fi
  if [ -n "${log_directory_given:-}" ]; then
    mkdir -p "$ZOO_LOG_DIR" || exit 1
  elif ! mkdir -p "$ZOO_LOG_DIR" 2> /dev/null || [ ! -w "$ZOO_LOG_DIR" ]; then
    ZOO_LOG_DIR="${ZOO_DATADIR:-.}/logs"
    mkdir -p "$ZOO_LOG_DIR"
  fi
}

# A mistyped or unmounted directory shows as one without any storage in it.
require_initialised() {
  if [ -z "$(find "$2/" -mindepth 1 -maxdepth 1 -type d ! -name lost+found ! -name logs 2> /dev/null | head -n 1)" ]; then
    echo "ZooKeeper $1 directory is missing at $2 fix the path, or start once without ZOO_DATADIR_AUTOCREATE_DISABLE to create it"
    exit 1
  fi
}

# Fills java_command with everything but the redirections.
build_java_command() {
  local level targets console=NONE file=NONE logback user_flags
  level="${ZOO_LOG4J_PROP%%,*}"
  targets=",${ZOO_LOG4J_PROP#"$level"},"
  [ "$targets" != ",," ] || targets=",CONSOLE,ROLLINGFILE,"
  case "$targets" in *,CONSOLE,*) console=CONSOLE ;; esac
  case "$targets" in *,ROLLINGFILE,*) file=ROLLINGFILE ;; esac
  logback="$ZOOCFGDIR/logback.xml"
  [ -f "$logback" ] || logback="$ZOOKEEPER_PREFIX/conf/logback.xml"

  # Split at white space, but a star in an option is not a file name.
  set -f
  user_flags=($SERVER_JVMFLAGS ${JVMFLAGS:-})
  set +f

  java_command=("$JAVA")
  if [ -n "${ZOO_DATADIR_AUTOCREATE_DISABLE:-}" ]; then
    java_command+=("-Dzookeeper.datadir.autocreate=false")
  fi
  java_command+=(
    "-Dzookeeper.log.dir=$ZOO_LOG_DIR"
    "-Dzookeeper.log.file=$ZOO_LOG_FILE"
    "-Dzookeeper.root.logger=$ZOO_LOG4J_PROP"
    "-Dzookit.log.level=$level"
    "-Dzookit.log.console=$console"
    "-Dzookit.log.rolling=$file"
    "-Dlogback.configurationFile=$logback"
    # Netty's buffers are not events for Flight Recorder, which would be set up for them at each start.
    "-Dio.netty.jfr.enabled=false"
    # The heap is not given back: what is given back has to be brought in again, page by page, while clients wait.
    "-XX:MaxHeapFreeRatio=100"
    "-XX:+HeapDumpOnOutOfMemoryError"
    "-XX:OnOutOfMemoryError=kill -9 %p"
  )
  if [ -f "$ZOOKEEPER_PREFIX/classes.jsa" ]; then
    # Made by zkArchive.sh. Java checks whether it fits; after a move, or with another Java, it takes what it can and is silent.
    java_command+=("-XX:SharedArchiveFile=$ZOOKEEPER_PREFIX/classes.jsa" "-Xlog:cds=off" "-Xlog:cds+dynamic=off")
  fi
  if [ "$JAVA_FEATURE_VERSION" -ge 22 ]; then
    # The kernel hands this on to the plugins, whose libraries may have a native part.
    java_command+=("--enable-native-access=io.zookit.kernel")
  fi
  if [ "$JAVA_FEATURE_VERSION" -ge 23 ]; then
    # Libraries in plugins still use this; without the option Java warns at every start.
    java_command+=("--sun-misc-unsafe-memory-access=allow")
  fi
  java_command+=(
    "${jmx_flags[@]}"
    "${user_flags[@]}"
    "-Dzookit.plugins=$ZOOPLUGINDIR"
    --module-path "$ZOOLIBDIR"
    # Plugin layers see only those JDK modules that the first layer has resolved: all but the JDK's internals and what is still
    # incubating, about which Java would warn at every start.
    --add-modules ALL-DEFAULT
    -m io.zookit.server/io.zookit.server.Main
  )
}

# JMX as asked for by JMXDISABLE, JMXLOCALONLY, JMXPORT, JMXAUTH, JMXSSL and JMXHOSTNAME.
build_jmx_flags() {
  jmx_flags=()
  if [ "${JMXDISABLE:-false}" != "false" ]; then
    return
  fi
  # Tools of the same user on this machine (jconsole, jcmd) switch JMX on themselves when they come; to have it ready for them would
  # cost a tenth of the time of a start.
  if [ -z "${JMXPORT:-}" ] && [ "${JMXLOCALONLY:-true}" = "true" ]; then
    return
  fi
  jmx_flags+=("-Dcom.sun.management.jmxremote")
  if [ -z "${JMXPORT:-}" ]; then
    jmx_flags+=("-Dcom.sun.management.jmxremote.local.only=$JMXLOCALONLY")
    return
  fi
  echo "ZooKeeper remote JMX Port set to $JMXPORT, authenticate ${JMXAUTH:-false}, ssl ${JMXSSL:-false}" >&2
  jmx_flags+=(
    "-Dcom.sun.management.jmxremote.port=$JMXPORT"
    "-Dcom.sun.management.jmxremote.authenticate=${JMXAUTH:-false}"
    "-Dcom.sun.management.jmxremote.ssl=${JMXSSL:-false}"
  )
  if [ -n "${JMXHOSTNAME:-}" ]; then
    jmx_flags+=("-Djava.rmi.server.hostname=$JMXHOSTNAME")
  fi
}

start() {
  echo -n "Starting zookeeper ... "
  if [ ! -r "$ZOOCFG" ]; then
    echo "FAILED TO START"
    echo "$ZOOCFG cannot be read: name another file, or copy a sample from $ZOOKEEPER_PREFIX/conf" >&2
    exit 1
  fi
  if server_lives; then
    echo "already running as process $(cat "$ZOOPIDFILE")."
    exit 1
  fi
  prepare_directories
  build_java_command
  local output="$ZOO_LOG_DIR/${ZOO_LOG_FILE%.log}.out" pid port_taken=no
  client_port_answers && port_taken=yes
  nohup "${java_command[@]}" "$ZOOCFG" > "$output" 2>&1 < /dev/null &
  pid=$!
  if ! echo -n "$pid" > "$ZOOPIDFILE"; then
    kill "$pid"
    echo "FAILED TO WRITE PID"
    exit 1
  fi
  if stays_alive "$pid" "$port_taken"; then
    echo "STARTED"
  else
    rm -f "$ZOOPIDFILE"
    echo "FAILED TO START"
    tail -n 20 "$output" >&2
    exit 1
  fi
}

# True when the process lives on for a second and then until its port answers, or for ten seconds: a wrong configuration shows
# within that time, and a long recovery is no failure. A port that answered before the start (second argument) proves nothing.
stays_alive() {
  local tenths=0
  while [ "$tenths" -lt 100 ]; do
    sleep 0.1
    kill -0 "$1" 2> /dev/null || return 1
    tenths=$((tenths + 1))
    if [ "$tenths" -ge 10 ] && [ "$2" = no ] && client_port_answers; then
      return 0
    fi
  done
  return 0
}

client_port_answers() {
  find_client_port && (exec 3<> "/dev/tcp/$address/$port") 2> /dev/null
}

stop() {
  echo -n "Stopping zookeeper ... "
  if [ ! -f "$ZOOPIDFILE" ]; then
    echo "no zookeeper to stop (could not find file $ZOOPIDFILE)"
    return 0
  fi
  local tenths=0
  if server_lives; then
    kill "$(cat "$ZOOPIDFILE")"
  fi
  while server_lives; do
    if [ "$tenths" -ge 600 ]; then
      echo "process $(cat "$ZOOPIDFILE") has not ended within 60 seconds"
      return 1
    fi
    sleep 0.1
    tenths=$((tenths + 1))
  done
  rm -f "$ZOOPIDFILE"
  echo "STOPPED"
}

# Fills address and port from clientPort, else from this server's line (server.N=...;[address:]port) here or in the dynamic
# file, else from secureClientPort.
find_client_port() {
  local line myid
  secure=false
  address="$(property clientPortAddress)"
  port="$(property clientPort)"
  if [ -z "$port" ]; then
    myid="$(cat "$ZOO_DATADIR/myid" 2> /dev/null)"
    line="$(property "server\.${myid:-none}")"
    case "$line" in *\;*) ;; *) line="$(property "server\.${myid:-none}" "$(property dynamicConfigFile)")" ;; esac
    case "$line" in
      *\;*)
        line="${line##*;}"
        port="${line##*:}"
        if [ "$line" != "$port" ]; then
          address="${line%:*}"
        fi
        ;;
    esac
  fi
  if [ -z "$port" ]; then
    port="$(property secureClientPort)"
    secure=true
  fi
  address="${address#\[}"
  address="${address%\]}"
  address="${address:-localhost}"
  [ -n "$port" ]
}

status() {
  if ! find_client_port; then
    echo "Unable to find either secure or unsecure client port in any configs. Terminating."
    exit 1
  fi
  echo "Client port found: $port. Client address: $address. Client SSL: $secure."
  local mode=""
  if { exec 3<> "/dev/tcp/$address/$port"; } 2> /dev/null; then
    echo -n srvr >&3
    local line
    while IFS= read -r -t 10 line <&3; do
      case "$line" in Mode:*) mode="$line" ;; esac
    done
    exec 3>&-
  fi
  if [ -z "$mode" ]; then
    echo "Error contacting service. It is probably not running."
    exit 1
  fi
  echo "$mode"
}

print_command() {
  build_java_command
  local word
  for word in "${java_command[@]}" "$ZOOCFG"; do
    printf '%q ' "$word"
  done
  printf '> %q 2>&1 < /dev/null\n' "$ZOO_LOG_DIR/${ZOO_LOG_FILE%.log}.out"
}

ZOO_DATADIR="$(property dataDir)"
ZOO_DATALOGDIR="$(property dataLogDir)"
if [ -z "${ZOOPIDFILE:-}" ]; then
  ZOOPIDFILE="$ZOO_DATADIR/zookeeper_server.pid"
else
  pid_file_given=yes
fi
if [ -z "${ZOO_LOG_DIR:-}" ]; then
  ZOO_LOG_DIR="$ZOOKEEPER_PREFIX/logs"
else
  log_directory_given=yes
fi
ZOO_LOG_FILE="${ZOO_LOG_FILE:-zookeeper-${USER:-$(id -un)}-server-$HOSTNAME.log}"

case "$verb" in
  start)
    echo "Using config: $ZOOCFG" >&2
    build_jmx_flags
    start
    ;;
  start-foreground)
    echo "Using config: $ZOOCFG" >&2
    build_jmx_flags
    prepare_directories
    build_java_command
    if [ -n "${ZOO_NOEXEC:-}" ]; then
      "${java_command[@]}" "$ZOOCFG"
    else
      exec "${java_command[@]}" "$ZOOCFG"
    fi
    ;;
  stop)
    echo "Using config: $ZOOCFG" >&2
    stop
    ;;
  restart)
    echo "Using config: $ZOOCFG" >&2
    build_jmx_flags
    stop && start
    ;;
  status)
    echo "Using config: $ZOOCFG" >&2
    status
    ;;
  version)
    "$JAVA" --module-path "$ZOOLIBDIR" -m io.zookit.server/io.zookit.server.Main --version
    ;;
  print-cmd)
    echo "Using config: $ZOOCFG" >&2
    build_jmx_flags
    print_command
    ;;
  *)
    # As with Apache's script this is no failure.
    echo "Usage: $0 [--config <conf-dir>] {start|start-foreground|stop|version|restart|status|print-cmd}" >&2
    ;;
esac
