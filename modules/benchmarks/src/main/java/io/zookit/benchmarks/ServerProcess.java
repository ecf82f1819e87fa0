package io.zookit.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A standalone server running as a process of its own. */
final class ServerProcess implements AutoCloseable {
    private static final Duration LONGEST_START = Duration.ofMinutes(3);
    private static final long PAUSE_MILLIS = 20;
    private static final long LONGEST_END_SECONDS = 20;
    private static final int OUTPUT_LINES = 60;

    /** Some work of the driver. */
    interface Load {
        LoadResult run() throws IOException;
    }

    private final String name;
    private final Process process;
    private final ServerSite site;

    private ServerProcess(String name, Process process, ServerSite site) {
        this.name = name;
        this.process = process;
        this.site = site;
    }

    /**
     * Starts a server at a site and waits until it gives out a session.
     *
     * @throws IOException with what the server wrote, when it does not
     */
    static ServerProcess start(ServerCommand command, ServerSite site) throws IOException, InterruptedException {
        ServerProcess server =
                new ServerProcess(command.name(), command.at(site).start(), site);
        try {
            server.awaitSession();
            return server;
        } catch (IOException | InterruptedException failure) {
            server.close();
            throw failure;
        }
    }

    /** What the table calls it. */
    String name() {
        return name;
    }

    /** Where clients connect. */
    InetSocketAddress address() {
        return site.address();
    }

    /** Its process id. */
    long id() {
        return process.pid();
    }

    /**
     * Puts the server under load.
     *
     * @throws IOException when that fails; the message also says how the server is and what it wrote last
     */
    LoadResult under(Load load) throws IOException {
        try {
            return load.run();
        } catch (IOException failure) {
            String state = process.isAlive() ? "still runs" : "has ended with exit code " + process.exitValue();
            throw new IOException(
                    "%s failed: %s. It %s; it wrote:%n%s".formatted(name, failure.getMessage(), state, lastOutput()),
                    failure);
        }
    }

    private String lastOutput() throws IOException {
        List<String> lines = Files.readAllLines(site.output());
        return String.join("\n", lines.subList(Math.max(0, lines.size() - OUTPUT_LINES), lines.size()));
    }

    /** Ends it without a word, as a crash would. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        process.waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS);
    }

    /** Asks it to end, and after a while insists. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
                kill();
            }
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    private void awaitSession() throws IOException, InterruptedException {
        long end = System.nanoTime() + LONGEST_START.toNanos();
        while (true) {
            try (ClientSocket socket = ClientSocket.open(site.address())) {
                socket.exists("/");
                socket.endSession(socket.lastXid());
                return;
            } catch (IOException notYet) {
                boolean ended = process.waitFor(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
                if (ended || System.nanoTime() - end > 0) {
                    throw new IOException("%s did not start; it wrote:%n%s".formatted(name, lastOutput()), notYet);
                }
            }
        }
    }
}
