package io.zookit.benchmarks;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the command line asks for.
 *
 * @param mode what is measured
 * @param servers how to start each server, in the order of the table
 * @param scenarios the kinds of load
 * @param rounds how often each scenario is measured on each server
 * @param measured length of one window
 * @param znodes how many znodes the memory trial loads
 * @param directory below it, and so on its disk, the servers keep their data
 */
record BenchmarkOptions(
        Mode mode,
        List<ServerCommand> servers,
        List<Scenario> scenarios,
        int rounds,
        Duration measured,
        int znodes,
        Path directory) {
    static final String USAGE = """
            compare.sh [--ensemble | --failover | --memory | --sessions | --profile | --ensemble-profile] [options]
              (neither)            throughput, processor time and latency of each scenario, one table
              --ensemble           the same with three servers each; connections go to them in turn
              --failover           how long three servers are without writes when their leader is killed
              --memory             live heap per znode, restart after a kill, latency while snapshots are taken
              --sessions           processor time of opening and closing sessions and of watch events, heap of idle sessions
              --profile            where the time goes: processor time and top frames of each thread (zookit only, unless --servers)
              --ensemble-profile   the same for each of three servers that form an ensemble
              --only LIST          scenarios, such as get-100,set-1k,create-100,mixed-100,set-100-1x1 (bytes, connections x in flight)
              --rounds N           rounds each server takes part in (3)
              --seconds N          length of one measured window (4; with --memory, --sessions and --profile 20)
              --servers LIST       of zookit, apache and those of --server (zookit,apache)
              --server NAME=CMD    a further server; {config} and {directory} are filled in, and CMD must exec the server
              --znodes N           znodes loaded by --memory (1000000)
              --java "OPTIONS"     the same options for every server (-Xmx2g -XX:+UseG1GC)
              --directory DIR      whose disk to use (target/servers)
              --build              build the distribution even when there is one
            """;

    private static final String JAVA_OPTIONS = "-Xmx2g -XX:+UseG1GC";

    /** Makes samples fall where the time goes and not at the next safepoint. */
    private static final List<String> PROFILE_OPTIONS =
            List.of("-XX:+UnlockDiagnosticVMOptions", "-XX:+DebugNonSafepoints");

    /** What is measured. */
    enum Mode {
        COMPARE,
        ENSEMBLE,
        FAILOVER,
        MEMORY,
        SESSIONS,
        PROFILE,
        ENSEMBLE_PROFILE;

        boolean isProfile() {
            return this == PROFILE || this == ENSEMBLE_PROFILE;
        }
    }

    /** The server the others are compared with. */
    String reference() {
        return ServerCommand.APACHE;
    }

    /**
     * Reads the words of the command line.
     *
     * @throws IllegalArgumentException when one of them is not understood
     */
    static BenchmarkOptions parse(List<String> words, JavaProgram java) {
        Mode mode = Mode.COMPARE;
        Map<String, String> values = new LinkedHashMap<>();
        List<ServerCommand> further = new ArrayList<>();
        for (int index = 0; index < words.size(); index++) {
            String word = words.get(index);
            switch (word) {
                case "--ensemble" -> mode = Mode.ENSEMBLE;
                case "--failover" -> mode = Mode.FAILOVER;
                case "--memory" -> mode = Mode.MEMORY;
                case "--sessions" -> mode = Mode.SESSIONS;
                case "--profile" -> mode = Mode.PROFILE;
                case "--ensemble-profile" -> mode = Mode.ENSEMBLE_PROFILE;
                case "--server" -> further.add(ServerCommand.parse(valueAfter(words, index++)));
                case "--only",
                        "--rounds",
                        "--seconds",
                        "--servers",
                        "--znodes",
                        "--java",
                        "--directory",
                        "--zookit-home",
                        "--apache-class-path" -> values.put(word, valueAfter(words, index++));
                default -> throw new IllegalArgumentException("'%s' is not known.%n%s".formatted(word, USAGE));
            }
        }
        return new BenchmarkOptions(
                mode,
                servers(mode, values, further, java),
                values.containsKey("--only") ? Scenario.parseAll(values.get("--only")) : standard(mode),
                number(values, "--rounds", 3),
                Duration.ofSeconds(number(values, "--seconds", mode == Mode.COMPARE || mode == Mode.ENSEMBLE ? 4 : 20)),
                number(values, "--znodes", 1_000_000),
                Path.of(values.getOrDefault("--directory", "target/servers")));
    }

    private static List<Scenario> standard(Mode mode) {
        return mode == Mode.ENSEMBLE || mode == Mode.ENSEMBLE_PROFILE ? Scenario.ENSEMBLE : Scenario.STANDARD;
    }

    private static List<ServerCommand> servers(
            Mode mode, Map<String, String> values, List<ServerCommand> further, JavaProgram java) {
        List<String> javaOptions = new ArrayList<>(
                List.of(values.getOrDefault("--java", JAVA_OPTIONS).trim().split(" +", -1)));
        String standard = mode.isProfile() ? ServerCommand.ZOOKIT : ServerCommand.ZOOKIT + "," + ServerCommand.APACHE;
        if (mode.isProfile()) {
            javaOptions.addAll(PROFILE_OPTIONS);
        }
        List<ServerCommand> servers = new ArrayList<>();
        for (String name : values.getOrDefault("--servers", standard).split(",", -1)) {
            servers.add(
                    switch (name) {
                        case ServerCommand.ZOOKIT ->
                            ServerCommand.zookit(Path.of(needed(values, "--zookit-home")), java, javaOptions);
                        case ServerCommand.APACHE ->
                            ServerCommand.apache(needed(values, "--apache-class-path"), java, javaOptions);
                        default ->
                            further.stream()
                                    .filter(command -> command.name().equals(name))
                                    .findFirst()
                                    .orElseThrow(() -> new IllegalArgumentException(
                                            "there is no server '%s': name it with --server".formatted(name)));
                    });
        }
        return List.copyOf(servers);
    }

    private static String needed(Map<String, String> values, String name) {
        String value = values.get(name);
        if (value == null) {
            throw new IllegalArgumentException(name + " is missing: start with compare.sh, which knows it");
        }
        return value;
    }

    private static int number(Map<String, String> values, String name, int standard) {
        String value = values.getOrDefault(name, Integer.toString(standard));
        try {
            int number = Integer.parseInt(value);
            if (number > 0) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            // Said below, as for 0.
        }
        throw new IllegalArgumentException("%s takes a number above 0, not '%s'".formatted(name, value));
    }

    private static String valueAfter(List<String> words, int index) {
        if (index + 1 >= words.size()) {
            throw new IllegalArgumentException(words.get(index) + " needs a value");
        }
        return words.get(index + 1);
    }
}
