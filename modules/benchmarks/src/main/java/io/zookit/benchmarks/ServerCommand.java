package io.zookit.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How to start a server as a process of its own. In words and environment {@code {config}} stands for the written configuration
 * file and {@code {directory}} for the fresh directory it is in. A launcher script must {@code exec} the server, since the processor
 * time is read from the process started here.
 *
 * @param name what the table calls it
 * @param words the command line, word by word
 * @param environment variables set beside those of the caller
 */
record ServerCommand(String name, List<String> words, Map<String, String> environment) {
    static final String APACHE = "apache";
    static final String ZOOKIT = "zookit";

    /** Keeps copies. */
    ServerCommand {
        words = List.copyOf(words);
        environment = Map.copyOf(environment);
    }

    /** Reads {@code name=command line}, words separated by spaces. */
    static ServerCommand parse(String text) {
        int split = text.indexOf('=');
        if (split < 1) {
            throw new IllegalArgumentException("'%s' is not of the form name=command".formatted(text));
        }
        List<String> words = List.of(text.substring(split + 1).trim().split(" +", -1));
        return new ServerCommand(text.substring(0, split), words, Map.of());
    }

    /** Apache ZooKeeper from the jars of a class path. */
    static ServerCommand apache(String classPath, JavaProgram java, List<String> javaOptions) {
        List<String> words = new ArrayList<>();
        words.add(java.program("java").toString());
        words.addAll(javaOptions);
        words.addAll(List.of("-cp", classPath, "org.apache.zookeeper.server.quorum.QuorumPeerMain", "{config}"));
        return new ServerCommand(APACHE, words, Map.of());
    }

    /** Zookit from its distribution, started by its own script. */
    static ServerCommand zookit(Path distribution, JavaProgram java, List<String> javaOptions) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("JAVA_HOME", java.home().toString());
        environment.put("SERVER_JVMFLAGS", String.join(" ", javaOptions));
        environment.put("JVMFLAGS", "");
        environment.put("JMXDISABLE", "true");
        environment.put("ZOO_LOG_DIR", "{directory}/logs");
        environment.put("ZOO_LOG4J_PROP", "WARN,CONSOLE");
        String script = distribution.resolve("bin/zkServer.sh").toString();
        return new ServerCommand(ZOOKIT, List.of(script, "start-foreground", "{config}"), environment);
    }

    /** The process, not started yet, for a site. */
    ProcessBuilder at(ServerSite site) {
        ProcessBuilder builder = new ProcessBuilder(
                words.stream().map(word -> filled(word, site)).toList());
        Map<String, String> variables = builder.environment();
        // What the caller's shell has set for servers of its own would reach one of the two only.
        variables.keySet().removeIf(name -> name.startsWith("ZOO") || name.startsWith("ZK_"));
        environment.forEach((name, value) -> variables.put(name, filled(value, site)));
        return builder.directory(site.directory().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(site.output().toFile()));
    }

    private static String filled(String text, ServerSite site) {
        return text.replace("{config}", site.config().toString())
                .replace("{directory}", site.directory().toString());
    }
}
