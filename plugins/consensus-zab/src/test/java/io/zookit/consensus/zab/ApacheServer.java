package io.zookit.consensus.zab;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.server.quorum.QuorumPeerMain;

/** A real Apache ZooKeeper server of an ensemble, as a process of its own, from the jars on the class path of the tests. */
final class ApacheServer implements AutoCloseable {
    private final Process process;
    private final int clientPort;

    /**
     * @param directory for its data and its output; not yet there
     * @param members the server lines
     */
    ApacheServer(Path directory, long id, int clientPort, String members) {
        this.clientPort = clientPort;
        try {
            Files.createDirectories(directory);
            Files.writeString(directory.resolve("myid"), String.valueOf(id));
            Path config = Files.writeString(
                    directory.resolve("zoo.cfg"),
                    String.join(
                            "\n",
                            "dataDir=" + directory,
                            "tickTime=200",
                            "initLimit=50",
                            "syncLimit=15",
                            "clientPort=" + clientPort,
                            "clientPortAddress=127.0.0.1",
                            "admin.enableServer=false",
                            "4lw.commands.whitelist=*",
                            members));
            process = new ProcessBuilder(command(config))
                    .redirectErrorStream(true)
                    .redirectOutput(directory.resolve("output.txt").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> command(Path config) {
        List<String> jars = Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> !entry.contains("zookit") && entry.endsWith(".jar"))
                .toList();
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                String.join(File.pathSeparator, jars),
                QuorumPeerMain.class.getName(),
                config.toString());
    }

    String clientAddress() {
        return "127.0.0.1:" + clientPort;
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** Ends it as a loss of power to the process would. */
    @Override
    public void close() {
        process.destroyForcibly();
        try {
            if (!process.waitFor(30, TimeUnit.SECONDS)) {
                throw new AssertionError("the process " + process.pid() + " does not end");
            }
        } catch (InterruptedException e) {
            throw new AssertionError("interrupted", e);
        }
    }
}
