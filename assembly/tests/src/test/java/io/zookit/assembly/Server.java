package io.zookit.assembly;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicInteger;

/** A server of the distribution in a directory of its own, in the foreground of a process. */
final class Server implements AutoCloseable {
    private static final int PORT_MIN = 12_000;
    private static final int PORT_COUNT = 20_000;

    /** Begins anywhere, so that tests in another process get others. */
    private static final AtomicInteger NEXT_PORT =
            new AtomicInteger(ThreadLocalRandom.current().nextInt(PORT_COUNT));

    /** What the server prints once it answers clients. */
    static final String READY = "(?i)\\bready\\b";

    private final Distribution distribution;
    private final Path directory;
    private final int port;
    private Running running;

    private Server(Distribution distribution, Path directory, int port, Running running) {
        this.distribution = distribution;
        this.directory = directory;
        this.port = port;
        this.running = running;
    }

    /** Starts a server with a stock configuration and some more lines, and waits until it is ready. */
    static Server start(Distribution distribution, Path directory, String... configuration)
            throws InterruptedException {
        int port = freePort();
        writeConfiguration(directory, port, configuration);
        Server server = new Server(distribution, directory, port, launch(distribution, directory));
        server.running.awaitLine(READY);
        return server;
    }

    /** A server that is expected to refuse: started like any other, but nobody waits for it to be ready. */
    static Running refused(Distribution distribution, Path directory, String... configuration) {
        writeConfiguration(directory, freePort(), configuration);
        return launch(distribution, directory);
    }

    /** Writes {@code zoo.cfg} as people have it, with the data beside it. */
    static Path writeConfiguration(Path directory, int port, String... more) {
        List<String> lines = new ArrayList<>(List.of(
                "tickTime=2000",
                "initLimit=10",
                "syncLimit=5",
                "dataDir=" + directory.resolve("data"),
                "clientPortAddress=127.0.0.1",
                "clientPort=" + port));
        lines.addAll(List.of(more));
        try {
            Files.createDirectories(directory);
            return Files.write(directory.resolve("zoo.cfg"), lines);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Running launch(Distribution distribution, Path directory) {
        return Running.start(
                directory,
                Map.of("ZOO_LOG_DIR", directory.resolve("logs").toString()),
                List.of(
                        distribution.script().toString(),
                        "start-foreground",
                        directory.resolve("zoo.cfg").toString()));
    }

    /** Starts the same server again after its end. */
    void restart() throws InterruptedException {
        running.exitCode();
        running = launch(distribution, directory);
        running.awaitLine(READY);
    }

    Running process() {
        return running;
    }

    Path data() {
        return directory.resolve("data");
    }

    int port() {
        return port;
    }

    String connectString() {
        return "127.0.0.1:" + port;
    }

    /** The answer to a four-letter word. */
    static String word(int port, String word) throws IOException {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout((int) Running.PATIENCE.toMillis());
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            socket.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    /**
     * A port nobody listens on, below those that the system gives to outgoing connections. They are given out one after the other: nobody
     * listens yet on those that were given out a moment ago.
     */
    static int freePort() {
        for (int attempt = 0; attempt < 1000; attempt++) {
            int port = PORT_MIN + Math.floorMod(NEXT_PORT.getAndIncrement(), PORT_COUNT);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (IOException taken) {
                // The next one, then.
            }
        }
        throw new IllegalStateException("no free port between 12000 and 32000");
    }

    @Override
    public void close() {
        running.close();
    }
}
