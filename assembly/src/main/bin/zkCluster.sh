#!/usr/bin/env bash
# A whole ensemble on this machine, for trying out and for tests: each server a process of its own, below one directory, on ports of
# the loopback address.
#
#   zkCluster.sh {start|stop|restart|kill|status} [options] [server number]...
#
#   --dir DIR              where the servers live (run/cluster in the working directory): DIR/N holds zoo.cfg, data and logs of server N
#   --servers COUNT        how many (3)
#   --client-port PORT     the clients' port of the first; the next have the next ones (2181)
#   --quorum-port PORT     likewise the port on which a leader takes followers (2888)
#   --election-port PORT   likewise the port for votes (3888)
#
# The first start writes DIR/N/zoo.cfg and DIR/N/data/myid. Later ones take what is there, so edit it as you like; rm -r DIR forgets
# everything. Without numbers a verb means all servers; restart takes one after the other, so that clients are served all the time, and
# kill ends a process as a crash would. The environment of zkServer.sh holds for every server; the heap is 256 MB each, unless
# ZK_SERVER_HEAP says otherwise. Exit code 0 when everything asked for was done, and for start, restart and status when the ensemble has
# a leader; 1 otherwise, 2 for a wrong invocation.

script="${BASH_SOURCE[0]}"
while [ -L "$script" ]; do
  target="$(readlink "$script")"
  case "$target" in
    /*) script="$target" ;;
    *) script="$(dirname "$script")/$target" ;;
  esac
done
bin="$(cd "$(dirname "$script")" && pwd -P)"

usage() {
  echo "$1" >&2
  echo "Usage: $0 {start|stop|restart|kill|status} [--dir DIR] [--servers COUNT] [--client-port PORT] [--quorum-port PORT]" \
    "[--election-port PORT] [server number]..." >&2
  exit 2
}

verb="${1:-}"
case "$verb" in
  start | stop | restart | kill | status) shift ;;
  "") usage "There is no verb." ;;
  *) usage "$verb is no verb." ;;
esac

directory=run/cluster
count=3
client_port=2181
quorum_port=2888
election_port=3888
shape_given=no
numbers=()

is_number() {
  case "$1" in
    "" | *[!0-9]* | 0*) return 1 ;;
  esac
  [ "${#1}" -le 5 ]
}

while [ $# -gt 0 ]; do
  case "$1" in
    --dir)
      directory="${2:-}"
      [ -n "$directory" ] || usage "--dir needs a directory."
      shift 2
      ;;
    --servers | --client-port | --quorum-port | --election-port)
      is_number "${2:-}" || usage "$1 needs a number."
      case "$1" in
        --servers) count="$2" ;;
        --client-port) client_port="$2" ;;
        --quorum-port) quorum_port="$2" ;;
        --election-port) election_port="$2" ;;
      esac
      shape_given=yes
      shift 2
      ;;
    *)
      is_number "$1" || usage "$1 is neither an option nor the number of a server."
      numbers+=("$1")
      shift
      ;;
  esac
done

config_of() {
  echo "$directory/$1/zoo.cfg"
}

# The numbers of the servers that are there, in order.
existing() {
  local number
  for number in $(ls "$directory" 2> /dev/null | grep -x '[1-9][0-9]*' | sort -n); do
    [ ! -f "$(config_of "$number")" ] || echo "$number"
  done
}

create() {
  local number member
  [ "$count" -le 9 ] || usage "More than 9 servers on one machine are not set up by this script."
  [ "$count" -ge 2 ] || usage "One server is no ensemble: bin/zkServer.sh starts it."
  mkdir -p "$directory" || exit 1
  directory="$(cd "$directory" && pwd -P)"
  for ((number = 1; number <= count; number++)); do
    mkdir -p "$directory/$number/data" || exit 1
    echo "$number" > "$directory/$number/data/myid"
    {
      echo "# Server $number of an ensemble on one machine. Written once by zkCluster.sh, and yours to edit."
      echo "tickTime=2000"
      echo "initLimit=10"
      echo "syncLimit=5"
      echo "dataDir=$directory/$number/data"
      echo "clientPort=$((client_port + number - 1))"
      echo "clientPortAddress=127.0.0.1"
      for ((member = 1; member <= count; member++)); do
        echo "server.$member=127.0.0.1:$((quorum_port + member - 1)):$((election_port + member - 1))"
      done
      echo "autopurge.snapRetainCount=3"
      echo "autopurge.purgeInterval=1"
      echo "4lw.commands.whitelist=srvr,stat,ruok,isro,mntr,conf"
    } > "$(config_of "$number")" || exit 1
  done
}

# Runs zkServer.sh for one server, with log and pid file of its own, whatever the environment says.
server() {
  local number="$1" action="$2"
  ZK_SERVER_HEAP="${ZK_SERVER_HEAP:-256}" ZOO_LOG_DIR="$directory/$number/logs" ZOO_LOG_FILE="server.log" \
    ZOOPIDFILE="$directory/$number/server.pid" "$bin/zkServer.sh" "$action" "$(config_of "$number")" 2>&1 | grep -v '^Using config:'
  return "${PIPESTATUS[0]}"
}

# Starts servers at the same time: none waits for the others in vain.
start_servers() {
  local number pids=() failed=0 at=0
  for number in "$@"; do
    server "$number" start > "$directory/$number/start.out" &
    pids+=($!)
  done
  for number in "$@"; do
    if ! wait "${pids[$at]}"; then
      failed=1
      echo "server $number:"
      cat "$directory/$number/start.out"
    fi
    at=$((at + 1))
  done
  return "$failed"
}

stop_servers() {
  local number failed=0
  for number in "$@"; do
    echo -n "server $number: "
    server "$number" stop || failed=1
  done
  return "$failed"
}

kill_servers() {
  local number pid_file failed=0
  for number in "$@"; do
    pid_file="$directory/$number/server.pid"
    # Only a process that runs a server from this directory: a number in an old file may have gone to somebody else.
    if [ -f "$pid_file" ] && ps -o args= -p "$(cat "$pid_file")" 2> /dev/null | grep -qF "$(config_of "$number")"; then
      kill -9 "$(cat "$pid_file")"
      rm -f "$pid_file"
      echo "server $number: killed"
    else
      echo "server $number: does not run"
      failed=1
    fi
  done
  return "$failed"
}

mode_of() {
  server "$1" status | sed -n 's/^Mode: //p'
}

# Waits until these servers serve clients; half a minute is plenty, unless much has to be recovered.
await_service() {
  local number tries
  for number in "$@"; do
    tries=0
    while [ -z "$(mode_of "$number")" ]; do
      if [ "$tries" -ge 150 ]; then
        echo "server $number does not serve clients after 30 seconds; see $directory/$number/logs" >&2
        return 1
      fi
      sleep 0.2
      tries=$((tries + 1))
    done
  done
}

# Where a server's clients connect: its zoo.cfg says so, or since a reconfiguration the file that this names.
client_of() {
  server "$1" status | sed -n 's/^Client port found: \([0-9]*\)\. Client address: \(.*\)\. Client SSL: .*/\2:\1/p'
}

# Prints all servers and how to connect; succeeds when one of them leads.
print_status() {
  local number mode client leads=1 connect=""
  for number in $(existing); do
    mode="$(mode_of "$number")"
    client="$(client_of "$number")"
    case "$mode" in leader | standalone) leads=0 ;; esac
    printf 'server %s  %-15s  %s\n' "$number" "$client" "${mode:-does not serve clients}"
    connect="$connect${connect:+,}$client"
  done
  echo "connect to $connect"
  return "$leads"
}

if [ -z "$(existing)" ]; then
  [ "$verb" = start ] || usage "$directory holds no servers: start makes them."
  create
elif [ "$shape_given" = yes ]; then
  usage "$directory holds servers whose zoo.cfg files say their number and ports: leave these options out, or choose another --dir."
fi
directory="$(cd "$directory" && pwd -P)" || exit 1
if [ "${#numbers[@]}" -eq 0 ]; then
  numbers=($(existing))
fi
for number in "${numbers[@]}"; do
  [ -f "$(config_of "$number")" ] || usage "there is no server $number in $directory."
done

case "$verb" in
  start)
    start_servers "${numbers[@]}" && await_service "${numbers[@]}" && print_status
    ;;
  stop)
    stop_servers "${numbers[@]}"
    ;;
  restart)
    for number in "${numbers[@]}"; do
      stop_servers "$number" && start_servers "$number" && await_service "$number" || exit 1
    done
    print_status
    ;;
  kill)
    kill_servers "${numbers[@]}"
    ;;
  status)
    print_status
    ;;
esac
