package io.zookit.benchmarks;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A server running as a process of its own. */
final class ServerProcess implements LoadTarget {
    private static final Duration LONGEST_START = Duration.ofMinutes(3);
    private static final long PAUSE_MILLIS = 20;
    private static final long LONGEST_END_SECONDS = 20;
    private static final int OUTPUT_LINES = 60;

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
        ServerProcess server = launch(command, site);
        try {
            server.awaitSession();
            return server;
        } catch (IOException | InterruptedException failure) {
            server.close();
            throw failure;
        }
    }

    /** Starts a server and does not wait for it. */
    static ServerProcess launch(ServerCommand command, ServerSite site) throws IOException {
        return new ServerProcess(command.name(), command.at(site).start(), site);
    }

    @Override
    public String name() {
        return name;
    }

    /** Where clients connect. */
    InetSocketAddress address() {
        return site.address();
    }

    @Override
    public List<InetSocketAddress> addresses() {
        return List.of(site.address());
    }

    @Override
    public List<Long> processes() {
        return List.of(process.pid());
    }

    /** Its process id. */
    long id() {
        return process.pid();
    }

    @Override
    public LoadResult under(Load load) throws IOException {
        try {
            return load.run();
        } catch (IOException failure) {
            throw new IOException("%s failed: %s. %s".formatted(name, failure.getMessage(), state()), failure);
        }
    }

    /** Whether it runs, and what it wrote last. */
    String state() {
        String state = process.isAlive() ? "still runs" : "has ended with exit code " + process.exitValue();
        try {
            return "It %s; it wrote:%n%s".formatted(state, lastOutput());
        } catch (IOException unreadable) {
            return "It %s; what it wrote cannot be read: %s".formatted(state, unreadable);
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

    /** Waits until it gives out a session. */
    void awaitSession() throws IOException, InterruptedException {
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
