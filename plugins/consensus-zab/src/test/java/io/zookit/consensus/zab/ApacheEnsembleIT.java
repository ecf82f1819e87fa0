package io.zookit.consensus.zab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.spi.PeerSockets;
import io.zookit.spi.consensus.ForwardedRequest;
import io.zookit.spi.consensus.Role;
import io.zookit.storage.memory.MemoryStorageProvider;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** One of our servers among real Apache ZooKeeper servers. */
@Timeout(300)
class ApacheEnsembleIT {
    @TempDir
    private Path directory;

    private final MemoryStorageProvider memory = new MemoryStorageProvider();
    private final List<AutoCloseable> open = new ArrayList<>();
    private int[] ports;

    @BeforeEach
    void choosePorts() throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        for (int i = 0; i < 9; i++) {
            sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
        }
        ports = sockets.stream().mapToInt(ServerSocket::getLocalPort).toArray();
        for (ServerSocket socket : sockets) {
            socket.close();
        }
    }

    @AfterEach
    void closeAll() throws Exception {
        for (int i = open.size() - 1; i >= 0; i--) {
            open.get(i).close();
        }
    }

    private String members(String... roles) {
        StringBuilder lines = new StringBuilder();
        for (int i = 0; i < roles.length; i++) {
            lines.append("server.%d=127.0.0.1:%d:%d:%s%n".formatted(i + 1, ports[3 * i], ports[3 * i + 1], roles[i]));
        }
        return lines.toString();
    }

    private ApacheServer apache(long id, String members) {
        ApacheServer server =
                new ApacheServer(directory.resolve("apache-" + id), id, ports[3 * ((int) id - 1) + 2], members);
        open.add(server);
        return server;
    }

    private ApacheClient client(ApacheServer server) {
        ApacheClient client = new ApacheClient(server);
        open.add(client);
        return client;
    }

    private TinyServer ours(long id, String members) {
        ServerSurroundings surroundings = new ServerSurroundings(
                Path.of("server-" + id),
                Map.of(
                        "members", members,
                        "serverId", String.valueOf(id),
                        "tickTime", "200",
                        "initLimit", "50",
                        "syncLimit", "15"));
        TinyServer server = new TinyServer(memory.create(surroundings), surroundings, PeerSockets.plain());
        open.add(server);
        server.start();
        return server;
    }

    private void awaitRole(TinyServer server, Role role) {
        Waiting.until(
                () -> server.role() == role, () -> "our server, " + server.role() + ", is " + role + "\n" + outputs());
    }

    private void awaitHas(TinyServer server, String path) {
        Waiting.until(
                () -> server.has(path),
                () -> path + " has reached our server, " + server.role() + " " + server.stopReason() + "\n"
                        + outputs());
    }

    private String outputs() {
        StringBuilder text = new StringBuilder();
        for (int id = 1; id <= 3; id++) {
            Path output = directory.resolve("apache-" + id).resolve("output.txt");
            if (Files.exists(output)) {
                try {
                    text.append("---- ").append(id).append('\n').append(Files.readString(output));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        }
        return text.toString();
    }

    @Test
    void weFollowAndOurAcknowledgementsCount() {
        String members = members("participant", "participant", "participant");
        ApacheServer first = apache(1, members);
        ApacheServer second = apache(2, members);
        ApacheClient ofSecond = client(second);
        ofSecond.create("/before");

        TinyServer ours = ours(3, members);
        awaitHas(ours, "/before");
        awaitRole(ours, Role.FOLLOWING);
        ofSecond.create("/together");
        awaitHas(ours, "/together");

        // Server 2 leads: it has the greater id, and both began with nothing. Without ours there is no quorum any more.
        first.close();
        for (int i = 0; i < 20; i++) {
            ofSecond.create("/with-us-" + i);
        }
        awaitHas(ours, "/with-us-19");
        assertEquals(Role.FOLLOWING, ours.role());
        assertNull(ours.stopReason());
        assertTrue(second.isAlive());
    }

    @Test
    void weObserve() {
        String members = members("participant", "participant", "observer");
        apache(1, members);
        ApacheServer second = apache(2, members);
        ApacheClient client = client(second);
        client.create("/before");

        TinyServer ours = ours(3, members);
        awaitHas(ours, "/before");
        awaitRole(ours, Role.OBSERVING);
        client.create("/live");
        awaitHas(ours, "/live");

        // A request of ours becomes a transaction of theirs.
        ours.consensus().forward(new ForwardedRequest(77, 1, 9, new byte[0], List.of()));
        Waiting.until(() -> ours.syncedCount() == 1, () -> "the sync is answered");
        assertNull(ours.stopReason());
    }

    @Test
    void weComeBackAndTakeOnlyWhatWeMissed() {
        String members = members("participant", "participant", "participant");
        apache(1, members);
        ApacheServer second = apache(2, members);
        ApacheClient client = client(second);
        client.create("/before");
        TinyServer ours = ours(3, members);
        awaitHas(ours, "/before");
        ours.close();
        open.remove(ours);

        client.create("/missed");
        TinyServer back = ours(3, members);
        awaitHas(back, "/missed");
        assertEquals(0, back.reloads());
        client.create("/after");
        awaitHas(back, "/after");
        assertNull(back.stopReason());
    }

    @Test
    void weLeadAndTheyFollow() {
        String members = members("participant", "participant", "participant");
        // Ours has the greater id, and nobody has anything yet.
        TinyServer ours = ours(3, members);
        ApacheServer first = apache(1, members);
        awaitRole(ours, Role.LEADING);
        ApacheClient client = client(first);
        client.create("/from-their-client");
        awaitHas(ours, "/from-their-client");
        assertTrue(ours.create("/from-us"));
        client.awaitExists("/from-us");

        ApacheServer second = apache(2, members);
        ApacheClient ofSecond = client(second);
        ofSecond.awaitExists("/from-us");
        ofSecond.create("/from-the-late-one");
        client.awaitExists("/from-the-late-one");

        // They still have a quorum with us when one of them goes.
        first.close();
        ofSecond.create("/without-the-first");
        awaitHas(ours, "/without-the-first");
        assertEquals(Role.LEADING, ours.role());
        assertNull(ours.stopReason());
    }

    @Test
    void anEmptyServerOfTheirsTakesOurSnapshotAndWhatFollowsIt() {
        String members = members("participant", "participant", "participant");
        TinyServer ours = ours(3, members);
        ApacheServer first = apache(1, members);
        awaitRole(ours, Role.LEADING);
        ApacheClient client = client(first);
        client.create("/before");
        client.create("/before/below");
        awaitHas(ours, "/before/below");
        ours.snapshot();
        client.create("/after");

        ApacheClient ofSecond = client(apache(2, members));
        ofSecond.awaitExists("/before/below");
        ofSecond.awaitExists("/after");
        first.close();
        ofSecond.create("/together");
        awaitHas(ours, "/together");
        assertEquals(Role.LEADING, ours.role());
        assertNull(ours.stopReason());
    }

    @Test
    void theyTakeOverWhenWeGoAndWeComeBackToThem() {
        String members = members("participant", "participant", "participant");
        TinyServer ours = ours(3, members);
        apache(1, members);
        ApacheServer second = apache(2, members);
        awaitRole(ours, Role.LEADING);
        ApacheClient client = client(second);
        client.create("/under-us");
        ours.close();
        open.remove(ours);

        client.create("/under-them");
        TinyServer back = ours(3, members);
        awaitHas(back, "/under-them");
        awaitRole(back, Role.FOLLOWING);
        client.create("/together");
        awaitHas(back, "/together");
        assertNull(back.stopReason());
    }
}
