package io.zookit.assembly;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A server of Apache's in a process of its own: from the class path of the tests, on data of ours or its own. */
final class ApacheServer implements AutoCloseable {
    private final int port;
    private final Running running;

    private ApacheServer(int port, Running running) {
        this.port = port;
        this.running = running;
    }

    /**
     * Starts a server; a client waits until it answers.
     *
     * @param directory for its configuration; the data is below it, in {@code data}
     */
    static ApacheServer start(Path directory, String... configuration) throws IOException {
        int port = Server.freePort();
        Path file = Server.writeConfiguration(directory, port, configuration);
        Files.createDirectories(directory.resolve("data"));
        Running running = Running.start(
                directory,
                Map.of(),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-Dzookeeper.admin.enableServer=false",
                        "-Dzookeeper.extendedTypesEnabled=true",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "org.apache.zookeeper.server.ZooKeeperServerMain",
                        file.toString()));
        return new ApacheServer(port, running);
    }

    String connectString() {
        return "127.0.0.1:" + port;
    }

    Running process() {
        return running;
    }

    @Override
    public void close() {
        running.close();
    }
}
