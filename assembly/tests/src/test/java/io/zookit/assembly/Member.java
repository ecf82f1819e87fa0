package io.zookit.assembly;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/**
 * A member of an ensemble: a directory and its ports, and at times a process, of our server or of Apache's. It can be killed, stopped,
 * emptied, and be exchanged for the other kind.
 */
final class Member implements AutoCloseable {
    private static final int ANSWER_MILLIS = 5_000;

    /** Whose server it is. */
    enum Kind {
        OURS,
        APACHE
    }

    private final Distribution distribution;
    private final int id;
    private final Path directory;
    private final int clientPort = Server.freePort();
    private final int quorumPort = Server.freePort();
    private final int electionPort = Server.freePort();
    private volatile Kind kind;
    private boolean paused;
    private Running running;
    /** What earlier processes have said. */
    private String past = "";

    Member(Distribution distribution, int id, Kind kind, Path directory) {
        this.distribution = distribution;
        this.id = id;
        this.kind = kind;
        this.directory = directory;
    }

    int id() {
        return id;
    }

    Kind kind() {
        return kind;
    }

    int clientPort() {
        return clientPort;
    }

    int quorumPort() {
        return quorumPort;
    }

    int electionPort() {
        return electionPort;
    }

    Path data() {
        return directory.resolve("data");
    }

    String connectString() {
        return "127.0.0.1:" + clientPort;
    }

    Running process() {
        return running;
    }

    boolean lives() {
        return running != null && running.lives();
    }

    boolean isPaused() {
        return paused;
    }

    /** The next process is one of this kind. */
    void becomes(Kind other) {
        kind = other;
    }

    /** Starts a process, and does not wait for it. */
    void start(List<String> configuration) throws IOException {
        startAs(Integer.toString(id), configuration);
    }

    /** Starts a process that is told to be somebody else; with no number at all if that is empty. */
    void startAs(String number, List<String> configuration) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "dataDir=" + data(), "clientPortAddress=127.0.0.1", "clientPort=" + clientPort, "maxClientCnxns=0"));
        lines.addAll(configuration);
        Files.createDirectories(data());
        Files.deleteIfExists(data().resolve("myid"));
        if (!number.isEmpty()) {
            Files.writeString(data().resolve("myid"), number);
        }
        Files.write(directory.resolve("zoo.cfg"), lines);
        startAgain();
    }

    /** Starts a process with the files as they are: a server may have written to them. */
    void startAgain() throws IOException {
        Path file = directory.resolve("zoo.cfg");
        past = text();
        running = kind == Kind.OURS ? ours(file) : apache(file);
        paused = false;
    }

    private Running ours(Path file) {
        return Running.start(
                directory,
                Map.of("ZOO_LOG_DIR", directory.resolve("logs").toString()),
                List.of(distribution.script().toString(), "start-foreground", file.toString()));
    }

    private Running apache(Path file) {
        return Running.start(
                directory,
                Map.of(),
                List.of(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-Xmx256m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-Dzookeeper.admin.enableServer=false",
                        "-Dzookeeper.extendedTypesEnabled=true",
                        "-cp",
                        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
                        "org.apache.zookeeper.server.quorum.QuorumPeerMain",
                        file.toString()));
    }

    /** What it says it is: {@code leader}, {@code follower}, {@code observer}; empty when it does not serve. */
    String mode() {
        if (!lives() || paused) {
            return "";
        }
        return word("srvr")
                .lines()
                .filter(line -> line.startsWith("Mode: "))
                .map(line -> line.substring("Mode: ".length()))
                .findFirst()
                .orElse("");
    }

    /** The answer to a four-letter word, empty when there is none. */
    String word(String word) {
        try (Socket socket = new Socket()) {
            socket.setSoTimeout(ANSWER_MILLIS);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), clientPort), ANSWER_MILLIS);
            socket.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException notNow) {
            return "";
        }
    }

    boolean serves() {
        return List.of("leader", "follower", "observer").contains(mode());
    }

    /** The signal of {@code kill -9}, and its effect. */
    void kill() throws InterruptedException {
        running.kill();
        paused = false;
    }

    /** Ends it in order. */
    void end() throws InterruptedException {
        running.terminate();
        running.exitCode();
    }

    /** The signal of {@code kill -STOP}: it stands still, and its connections stay. */
    void pause() throws Exception {
        signal("-STOP");
        paused = true;
    }

    /** It goes on where it was. */
    void resume() throws Exception {
        signal("-CONT");
        paused = false;
    }

    private void signal(String signal) throws Exception {
        Process kill = new ProcessBuilder("kill", signal, Long.toString(running.pid())).start();
        if (kill.waitFor() != 0) {
            throw new AssertionError("kill " + signal + " of server " + id + " failed");
        }
    }

    /** Takes away everything it has stored. */
    void wipe() throws IOException {
        try (Stream<Path> files = Files.walk(data())) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Waits until a text stands in a file of its data. */
    void awaitStored(String text) throws Exception {
        Waiting.until(() -> stores(text), () -> text + " is stored\n" + text());
    }

    private boolean stores(String text) throws IOException {
        try (Stream<Path> files = Files.walk(data())) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                if (new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1).contains(text)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** All it has said. */
    String text() {
        return past + "\n---- server " + id + ", " + kind + "\n" + (running == null ? "" : running.text());
    }

    @Override
    public void close() {
        if (running != null) {
            running.close();
        }
    }
}
