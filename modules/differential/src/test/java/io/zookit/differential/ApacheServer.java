package io.zookit.differential;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/** Apache ZooKeeper, standalone, as a process on the libraries of this test's own class path. */
final class ApacheServer implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(90);
    private static final long PAUSE_MILLIS = 20;
    private static final int ANSWER_MILLIS = 1_000;
    private static final int ENDS_WITHIN_SECONDS = 20;

    private final Process process;
    private final InetSocketAddress address;

    private ApacheServer(Process process, InetSocketAddress address) {
        this.process = process;
        this.address = address;
    }

    static ApacheServer start(Path directory, Map<String, String> settings) throws IOException, InterruptedException {
        Path home = Files.createDirectories(directory.resolve("apache"));
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort());
        List<String> lines = new ArrayList<>();
        settings.forEach((key, value) -> lines.add(key + "=" + value));
        lines.add("dataDir=" + home.resolve("data"));
        lines.add("clientPort=" + address.getPort());
        lines.add("admin.enableServer=false");
        lines.add("forceSync=no");
        Path config = Files.write(home.resolve("zoo.cfg"), lines);
        Path output = home.resolve("output.txt");
        ProcessBuilder builder = new ProcessBuilder(command(config))
                .directory(home.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment().keySet().retainAll(List.of("PATH", "HOME", "USER", "LANG", "LC_ALL"));
        ApacheServer server = new ApacheServer(builder.start(), address);
        server.awaitReady(output);
        return server;
    }

    private static List<String> command(Path config) {
        String separator = File.pathSeparator;
        String classPath = Arrays.stream(System.getProperty("java.class.path").split(separator))
                .filter(entry -> entry.endsWith(".jar"))
                .collect(Collectors.joining(separator));
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:+UseSerialGC",
                "-Dfile.encoding=UTF-8",
                // This one is no key of the configuration file.
                "-Dznode.container.checkIntervalMs=86400000",
                "-cp",
                classPath,
                "org.apache.zookeeper.server.quorum.QuorumPeerMain",
                config.toString());
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private void awaitReady(Path output) throws IOException, InterruptedException {
        long start = System.nanoTime();
        while (true) {
            try {
                if (serves()) {
                    return;
                }
            } catch (IOException notYet) {
                // It does not listen yet.
            }
            boolean ended = process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            if (ended || System.nanoTime() - start > PATIENCE_NANOS) {
                close();
                throw new IOException("Apache ZooKeeper did not start; it wrote:\n" + Files.readString(output));
            }
        }
    }

    /** Asks with a word, because a session would use up a zxid. */
    private boolean serves() throws IOException {
        try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
            // A connection that comes too early may never be answered.
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.getOutputStream().write("srvr".getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.US_ASCII).contains("Mode: ");
        }
    }

    InetSocketAddress address() {
        return address;
    }

    @Override
    public void close() {
        process.destroyForcibly();
        try {
            process.waitFor(ENDS_WITHIN_SECONDS, TimeUnit.SECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
