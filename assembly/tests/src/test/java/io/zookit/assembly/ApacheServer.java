package io.zookit.assembly;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A standalone server of Apache ZooKeeper in a process of its own, to compare ours with, or on data of ours. */
final class ApacheServer implements AutoCloseable {
    private static final int ANSWER_MILLIS = 1_000;

    private final int port;
    private final Running running;

    private ApacheServer(int port, Running running) {
        this.port = port;
        this.running = running;
    }

    /** Starts a server with a stock configuration and some more lines, and waits until it serves. */
    static ApacheServer start(Path directory, String... configuration) {
        int port = Server.freePort();
        Path file = Server.writeConfiguration(directory, port, configuration);
        Running running = Running.start(
                directory,
                Map.of(),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xmx512m",
                        "-XX:TieredStopAtLevel=1",
                        "-Dzookeeper.admin.enableServer=false",
                        "-Dzookeeper.extendedTypesEnabled=true",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "org.apache.zookeeper.server.quorum.QuorumPeerMain",
                        file.toString()));
        ApacheServer server = new ApacheServer(port, running);
        server.awaitServing();
        return server;
    }

    /** It does not say when it is ready, so it is asked until it answers; a question that comes too early it leaves open. */
    private void awaitServing() {
        long deadline = System.nanoTime() + Running.PATIENCE.toNanos();
        while (System.nanoTime() < deadline && running.lives()) {
            if (serves()) {
                return;
            }
        }
        running.close();
        throw new AssertionError("Apache ZooKeeper does not serve:\n" + running.text());
    }

    private boolean serves() {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.getOutputStream().write("srvr".getBytes(StandardCharsets.US_ASCII));
            String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return answer.contains("Mode: standalone");
        } catch (IOException notYet) {
            return false;
        }
    }

    Running process() {
        return running;
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
