package io.zookit.consensus.zab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.zookit.spi.PeerSockets;
import io.zookit.spi.consensus.MembershipAnswer;
import io.zookit.spi.consensus.MembershipRequest;
import io.zookit.spi.consensus.Role;
import io.zookit.storage.memory.MemoryStorageProvider;
import io.zookit.zab.Membership;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Ensembles of ours and of real Apache ZooKeeper servers that change their members while they run. */
@Timeout(300)
class ApacheReconfigurationIT {
    @TempDir
    private Path directory;

    private final MemoryStorageProvider memory = new MemoryStorageProvider();
    private final List<AutoCloseable> open = new ArrayList<>();
    private int[] ports;

    @BeforeEach
    void choosePorts() throws IOException {
        List<ServerSocket> sockets = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
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

    /** A line as requests and {@code /zookeeper/config} have it. */
    private String line(int id, String role) {
        return "server.%d=127.0.0.1:%d:%d:%s;127.0.0.1:%d"
                .formatted(id, ports[3 * id - 3], ports[3 * id - 2], role, ports[3 * id - 1]);
    }

    private String voters(int... ids) {
        StringBuilder lines = new StringBuilder();
        for (int id : ids) {
            lines.append(line(id, "participant")).append('\n');
        }
        return lines.toString();
    }

    private ApacheServer apache(int id, String members) {
        ApacheServer server = new ApacheServer(
                directory.resolve("apache-" + id),
                id,
                ports[3 * id - 1],
                members + "reconfigEnabled=true\nskipACL=yes\n");
        open.add(server);
        return server;
    }

    private ApacheClient client(ApacheServer server) {
        ApacheClient client = new ApacheClient(server);
        open.add(client);
        return client;
    }

    private TinyServer ours(int id, String members) {
        ServerSurroundings surroundings = new ServerSurroundings(
                Path.of("server-" + id),
                Map.of(
                        "members", members,
                        "serverId", String.valueOf(id),
                        "tickTime", "200",
                        "initLimit", "50",
                        "syncLimit", "15",
                        "reconfigEnabled", "true"));
        TinyServer server = new TinyServer(memory.create(surroundings), surroundings, PeerSockets.plain());
        open.add(server);
        server.start();
        return server;
    }

    private void awaitRole(TinyServer server, Role role) {
        Waiting.until(
                () -> server.role() == role,
                () -> "ours, " + server.role() + ", is " + role + " among " + server.members());
    }

    private void awaitHas(TinyServer server, String path) {
        Waiting.until(
                () -> server.has(path),
                () -> path + " has reached ours, " + server.role() + " among " + server.members());
    }

    private static void awaitVoters(TinyServer server, Set<Long> voters) {
        Waiting.until(
                () -> !server.members().isEmpty()
                        && Membership.parse(server.members()).voters().equals(voters),
                () -> "ours knows the voters " + voters + ": " + server.members());
    }

    private static void change(TinyServer leader, @Nullable String joining, @Nullable String leaving) {
        Waiting.until(
                () -> leader.reconfigure(new MembershipRequest(joining, leaving, null, -1))
                        instanceof MembershipAnswer.Proposable,
                () -> "our leader can propose " + joining + " " + leaving);
    }

    @Test
    void theyAddUsAndOurVoteCountsAndTheyRemoveUs() {
        ApacheServer first = apache(1, voters(1, 2));
        ApacheServer second = apache(2, voters(1, 2));
        ApacheClient client = client(second);
        client.create("/before");

        TinyServer ours = ours(3, voters(1, 2, 3));
        awaitHas(ours, "/before");
        awaitRole(ours, Role.FOLLOWING);
        awaitVoters(ours, Set.of(1L, 2L));
        client.reconfigure(line(3, "participant"), null);
        awaitVoters(ours, Set.of(1L, 2L, 3L));
        client.awaitMembers(line(3, "participant"));

        client.reconfigure(null, "3");
        awaitVoters(ours, Set.of(1L, 2L));
        client.reconfigure(line(3, "observer"), null);
        awaitRole(ours, Role.OBSERVING);
        client.reconfigure(line(3, "participant"), null);
        awaitRole(ours, Role.FOLLOWING);
        awaitVoters(ours, Set.of(1L, 2L, 3L));

        // Two of three: without ours there is no quorum any more.
        first.close();
        client.create("/with-us");
        awaitHas(ours, "/with-us");
        assertNull(ours.stopReason());
    }

    @Test
    void weAddThemAndRemoveThemAndHandOverWhenWeAreRemoved() {
        // Ours has the greater id, and nobody has anything yet.
        TinyServer ours = ours(4, voters(1, 4));
        ApacheServer first = apache(1, voters(1, 4));
        awaitRole(ours, Role.LEADING);
        ApacheClient client = client(first);
        client.create("/before");

        ApacheServer second = apache(2, voters(1, 2, 4));
        change(ours, line(2, "observer"), null);
        ApacheClient ofSecond = client(second);
        ofSecond.awaitExists("/before");
        ofSecond.awaitMembers(line(2, "observer"));
        ofSecond.create("/from-their-observer");
        awaitHas(ours, "/from-their-observer");
        ofSecond.reconfigure(line(2, "participant"), null);
        ofSecond.awaitMembers(line(2, "participant"));
        awaitVoters(ours, Set.of(1L, 2L, 4L));

        assertEquals(Role.LEADING, ours.role());
        // Once the second one, which has begun anew as a voter, is up to date as such.
        change(ours, null, "4");
        awaitVoters(ours, Set.of(1L, 2L));
        ofSecond.create("/under-them");
        awaitRole(ours, Role.FOLLOWING);
        awaitHas(ours, "/under-them");
        ofSecond.awaitMembers(line(1, "participant"), line(2, "participant"));
        assertNull(ours.stopReason());
    }
}
