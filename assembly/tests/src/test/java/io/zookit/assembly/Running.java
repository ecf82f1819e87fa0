package io.zookit.assembly;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** A process with all it has printed. Closing it kills it. */
final class Running implements AutoCloseable {
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Thread reader;
    private final List<String> lines = new ArrayList<>();
    private boolean ended;

    private Running(Process process) {
        this.process = process;
        this.reader = new Thread(this::read, "output of " + process.pid());
        reader.setDaemon(true);
        reader.start();
    }

    /**
     * Starts a command.
     *
     * @param directory its working directory
     * @param environment added to a small, fixed environment, so that nothing of the machine's own gets in
     */
    static Running start(Path directory, Map<String, String> environment, List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> !name.equals("PATH") && !name.equals("USER"));
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("JMXDISABLE", "true");
        builder.environment().put("SERVER_JVMFLAGS", "-Xmx256m -XX:+UseSerialGC -XX:TieredStopAtLevel=1");
        builder.environment().putAll(environment);
        try {
            return new Running(builder.start());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean lives() {
        return process.isAlive();
    }

    /** Writes to the standard input of the process and closes it. */
    void say(String text) {
        try (var input = process.outputWriter(StandardCharsets.UTF_8)) {
            input.write(text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until a line matches somewhere, and returns it. */
    String awaitLine(String regex) throws InterruptedException {
        Pattern pattern = Pattern.compile(regex);
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        synchronized (lines) {
            int seen = 0;
            while (true) {
                for (; seen < lines.size(); seen++) {
                    if (pattern.matcher(lines.get(seen)).find()) {
                        return lines.get(seen);
                    }
                }
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (ended || left <= 0) {
                    throw new AssertionError(
                            (ended ? "ended" : "waited in vain") + " without a line like " + regex + ":\n" + text());
                }
                lines.wait(left);
            }
        }
    }

    /** Waits for the end and returns the exit code. */
    int exitCode() throws InterruptedException {
        return exitCode(PATIENCE);
    }

    /** The same for a process that has much to do. */
    int exitCode(Duration patience) throws InterruptedException {
        if (!process.waitFor(patience.toSeconds(), TimeUnit.SECONDS)) {
            throw new AssertionError("still running:\n" + text());
        }
        reader.join(PATIENCE.toMillis());
        return process.exitValue();
    }

    /** All that was printed so far. */
    String text() {
        synchronized (lines) {
            return String.join("\n", lines);
        }
    }

    /** The signal of {@code kill}. */
    void terminate() {
        process.destroy();
    }

    /** The signal of {@code kill -9}, and its effect. */
    void kill() throws InterruptedException {
        process.destroyForcibly();
        exitCode();
    }

    @Override
    public void close() {
        try {
            kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void read() {
        try (var output = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                synchronized (lines) {
                    lines.add(line);
                    lines.notifyAll();
                }
            }
        } catch (IOException e) {
            // The process is gone, and its output with it.
        }
        synchronized (lines) {
            ended = true;
            lines.notifyAll();
        }
    }
}
