package io.zookit.assembly;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A standalone server of Apache ZooKeeper in a process of its own, to compare ours with. */
final class ApacheServer implements AutoCloseable {
    private final int port;
    private final Running running;

    private ApacheServer(int port, Running running) {
        this.port = port;
        this.running = running;
    }

    /** Starts a server with a stock configuration and some more lines, and waits until it serves. */
    static ApacheServer start(Path directory, String... configuration) throws InterruptedException {
        int port = Server.freePort();
        Path file = Server.writeConfiguration(directory, port, configuration);
        Running running = Running.start(
                directory,
                Map.of(),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-Dzookeeper.admin.enableServer=false",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.apache.zookeeper.server.quorum.QuorumPeerMain",
                        file.toString()));
        ApacheServer server = new ApacheServer(port, running);
        server.awaitServing();
        return server;
    }

    /** It does not say when it is ready, so it is asked until it answers. */
    private void awaitServing() throws InterruptedException {
        long deadline = System.nanoTime() + Running.PATIENCE.toNanos();
        while (System.nanoTime() < deadline && running.lives()) {
            try {
                if (Server.word(port, "srvr").contains("Mode: standalone")) {
                    return;
                }
            } catch (IOException notYet) {
                Thread.onSpinWait();
            }
        }
        throw new AssertionError("Apache ZooKeeper does not serve:\n" + running.text());
    }

    int port() {
        return port;
    }

    String connectString() {
        return "127.0.0.1:" + port;
    }

    @Override
    public void close() {
        running.close();
    }
}
