package io.zookit.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Servers of one ensemble in this process, with short ticks. Places count from 0, and the server at place N is server N + 1. */
final class TestEnsemble implements AutoCloseable {
    private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);
    private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private final Path directory;
    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<@Nullable TestServer> servers = new ArrayList<>();

    private TestEnsemble(Path directory) {
        this.directory = directory;
    }

    /** Starts servers and waits until all of them serve. */
    static TestEnsemble start(Path directory, int members, String... keysAndValues) {
        TestEnsemble ensemble = new TestEnsemble(directory);
        ensemble.settings.put("tickTime", "100");
        ensemble.settings.put("maxSessionTimeout", "20000");
        ensemble.settings.put("initLimit", "50");
        ensemble.settings.put("syncLimit", "20");
        for (int i = 0; i < keysAndValues.length; i += 2) {
            ensemble.settings.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        int[] ports = freePorts(2 * members);
        for (int place = 0; place < members; place++) {
            ensemble.settings.put(
                    "server." + (place + 1), "127.0.0.1:" + ports[2 * place] + ":" + ports[2 * place + 1]);
            ensemble.servers.add(null);
        }
        for (int place = 0; place < members; place++) {
            ensemble.start(place);
        }
        ensemble.awaitServing();
        return ensemble;
    }

    /** All open at once, so that they differ. */
    private static int[] freePorts(int count) {
        List<ServerSocket> sockets = new ArrayList<>();
        try {
            for (int i = 0; i < count; i++) {
                sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            int[] ports = sockets.stream().mapToInt(ServerSocket::getLocalPort).toArray();
            for (ServerSocket socket : sockets) {
                socket.close();
            }
            return ports;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Starts a server that does not run. */
    void start(int place) {
        Path data = directory.resolve("server-" + (place + 1));
        try {
            Files.createDirectories(data);
            Files.writeString(data.resolve("myid"), Integer.toString(place + 1));
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        List<String> lines = new ArrayList<>();
        settings.forEach((key, value) -> lines.addAll(List.of(key, value)));
        servers.set(place, TestServer.start(data, lines.toArray(new String[0])));
    }

    /** Stops a server. */
    void stop(int place) {
        TestServer server = servers.set(place, null);
        if (server != null) {
            server.close();
        }
    }

    InetSocketAddress address(int place) {
        TestServer server = servers.get(place);
        if (server == null) {
            throw new IllegalStateException("server " + (place + 1) + " does not run");
        }
        return server.address();
    }

    /** What a server says to a four-letter word. */
    String ask(int place, String word) {
        try (RawClient client = RawClient.connect(address(place))) {
            client.sendBytes(RawClient.word(word));
            return client.readText();
        }
    }

    /** Waits until every server that runs has a role. */
    void awaitServing() {
        for (int place = 0; place < servers.size(); place++) {
            if (servers.get(place) != null) {
                awaitAnswer(place, "srvr", "Mode: ");
            }
        }
    }

    /** Waits until a server's answer contains a text. */
    void awaitAnswer(int place, String word, String text) {
        long end = System.nanoTime() + PATIENCE_NANOS;
        String answer = ask(place, word);
        while (!answer.contains(text)) {
            if (System.nanoTime() - end > 0) {
                throw new AssertionError("server " + (place + 1) + " still answers " + word + " with " + answer);
            }
            LockSupport.parkNanos(PAUSE_NANOS);
            answer = ask(place, word);
        }
    }

    /** The place of the leader. */
    int leader() {
        for (int place = 0; place < servers.size(); place++) {
            if (servers.get(place) != null && ask(place, "srvr").contains("Mode: leader")) {
                return place;
            }
        }
        throw new AssertionError("nobody leads");
    }

    /** The place of some server that runs and does not lead. */
    int follower() {
        int leader = leader();
        for (int place = 0; place < servers.size(); place++) {
            if (place != leader && servers.get(place) != null) {
                return place;
            }
        }
        throw new AssertionError("nobody follows");
    }

    /** The other follower of three servers. */
    int otherFollower() {
        return 3 - leader() - follower();
    }

    @Override
    public void close() {
        for (int place = 0; place < servers.size(); place++) {
            stop(place);
        }
    }
}
