package io.zookit.consensus.zab;

import io.zookit.spi.PeerSockets;
import io.zookit.spi.consensus.Role;
import io.zookit.spi.storage.Storage;
import io.zookit.spi.storage.StorageProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A few servers on loopback, each with a storage that outlives it. */
final class TestEnsemble implements AutoCloseable {
    private final StorageProvider storages;
    private final Path root;
    private final Map<Long, TinyServer> running = new TreeMap<>();
    private final StringBuilder members = new StringBuilder();
    private final Map<String, String> further = new HashMap<>();

    /** Ports of servers that never ran, kept open so that nobody else gets them. */
    private final Map<Integer, ServerSocket> held = new HashMap<>();

    /**
     * @param storages whose products outlive the servers
     * @param root where the servers have their directories
     * @param roles of the servers 1, 2, ...
     */
    TestEnsemble(StorageProvider storages, Path root, String... roles) {
        this.storages = storages;
        this.root = root;
        for (int i = 0; i < roles.length; i++) {
            members.append("server.%d=127.0.0.1:%d:%d:%s%n".formatted(i + 1, freePort(), freePort(), roles[i]));
        }
    }

    /** Gives all servers that are started from here one more setting. */
    TestEnsemble with(String name, String value) {
        further.put(name, value);
        return this;
    }

    /** One more server line, of a server that is to be started and added; the line, as a request has it. */
    String oneMore(String role) {
        long id = members.toString().lines().count() + 1;
        String line =
                "server.%d=127.0.0.1:%d:%d:%s;127.0.0.1:%d".formatted(id, freePort(), freePort(), role, freePort());
        members.append(line).append(System.lineSeparator());
        return line;
    }

    /** Starts all of them. */
    TestEnsemble startAll() {
        for (long id = 1; id <= members.toString().lines().count(); id++) {
            start(id);
        }
        return this;
    }

    Path directory(long id) {
        return root.resolve("server-" + id);
    }

    private Storage storage(long id) {
        return storages.create(new ServerSurroundings(directory(id), storages.settings(), Map.of()));
    }

    private int freePort() {
        try {
            ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            held.put(socket.getLocalPort(), socket);
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> settings(long id) {
        Map<String, String> settings = new HashMap<>(further);
        settings.put("members", members.toString());
        settings.put("serverId", String.valueOf(id));
        settings.put("tickTime", "200");
        settings.put("initLimit", "50");
        settings.put("syncLimit", "15");
        if (further.containsKey("configFile")) {
            settings.put(
                    "configFile",
                    directory(id).resolve(further.get("configFile")).toString());
        }
        return settings;
    }

    /** Listens where a member is to be found. */
    ServerSocket listen(InetSocketAddress address) throws IOException {
        ServerSocket socket;
        synchronized (held) {
            socket = held.remove(address.getPort());
        }
        return socket != null ? socket : PeerSockets.plain().listen(address);
    }

    TinyServer start(long id) {
        ServerSurroundings surroundings = new ServerSurroundings(directory(id), settings(id));
        PeerSockets plain = PeerSockets.plain();
        TinyServer server = new TinyServer(storage(id), surroundings, new PeerSockets() {
            @Override
            public ServerSocket listen(InetSocketAddress address) throws IOException {
                return TestEnsemble.this.listen(address);
            }

            @Override
            public Socket dial(InetSocketAddress address, int timeoutMillis) throws IOException {
                return plain.dial(address, timeoutMillis);
            }
        });
        running.put(id, server);
        server.start();
        return server;
    }

    void stop(long id) {
        running.remove(id).close();
    }

    /** What a server that is not running has stored, to be changed. */
    void change(long id, Consumer<Storage> change) {
        try (Storage storage = storage(id)) {
            storage.open();
            change.accept(storage);
        }
    }

    TinyServer server(long id) {
        return running.get(id);
    }

    long port(long id, boolean election) {
        String line = members.toString().lines().toList().get((int) id - 1);
        return Long.parseLong(line.split(":")[election ? 2 : 1]);
    }

    Collection<TinyServer> all() {
        return running.values();
    }

    /** The id of the server that leads, once one does and every other one that runs serves as well. */
    long leader() {
        Waiting.until(
                () -> running.values().stream().allMatch(server -> server.role() != Role.LOOKING)
                        && running.values().stream()
                                        .filter(server -> server.role() == Role.LEADING)
                                        .count()
                                == 1,
                () -> "one server leads and all serve: " + describe());
        return running.entrySet().stream()
                .filter(entry -> entry.getValue().role() == Role.LEADING)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    List<Long> followers() {
        long leader = leader();
        List<Long> followers = new ArrayList<>(running.keySet());
        followers.remove(leader);
        return followers;
    }

    /** Creates a znode at whoever leads, and waits until all who run have it. */
    void createEverywhere(String path) {
        Waiting.until(() -> server(leader()).create(path), () -> "somebody leads");
        awaitEverywhere(path);
    }

    void awaitEverywhere(String path) {
        Waiting.until(
                () -> running.values().stream().allMatch(server -> server.has(path)),
                () -> "everybody has " + path + ": " + describe());
    }

    String describe() {
        StringBuilder text = new StringBuilder();
        running.forEach((id, server) -> text.append("server %d: %s, 0x%x, stopped: %s%n"
                .formatted(id, server.role(), server.appliedZxid(), server.stopReason())
                .concat(server.members() + System.lineSeparator())));
        return text.toString();
    }

    @Override
    public void close() {
        running.values().forEach(TinyServer::close);
        running.clear();
        held.values().forEach(Sockets::close);
    }
}
