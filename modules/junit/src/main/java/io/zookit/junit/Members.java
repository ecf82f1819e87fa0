package io.zookit.junit;

import io.zookit.kernel.ClosingStack;
import io.zookit.spi.PluginProvider;
import io.zookit.spi.consensus.Role;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** The members of one ensemble and the network between them. Any thread. */
final class Members implements Servers {
    /** How long the leader may take to hear of a session that a follower's client has. */
    private static final long NEW_SESSION_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final EnsembleNetwork network = new EnsembleNetwork();
    private final List<ZookitMember> all = new ArrayList<>();
    private final ClosingStack closing = new ClosingStack();

    /**
     * Makes members that are not started.
     *
     * @param count how many, with the ids from 1
     * @param settings keys and values of {@code zoo.cfg} for all of them, without the lines of the servers
     * @param own plugins the test brings
     * @param loader whose services the other plugins are
     */
    Members(int count, Map<String, String> settings, List<PluginProvider<?>> own, ClassLoader loader) {
        closing.push(network::close);
        Map<String, String> whole = new LinkedHashMap<>(settings);
        for (int id = 1; id <= count; id++) {
            whole.put("server." + id, "127.0.0.1:" + network.port(id) + ":" + network.port(id));
        }
        for (int id = 1; id <= count; id++) {
            TemporaryDirectory directory = TemporaryDirectory.create();
            TestServer server = new TestServer(whole, new TestPlugins(own, loader, network.socketsOf(id)), directory);
            closing.push(server::close);
            directory.write("myid", Integer.toString(id));
            all.add(new ZookitMember(id, server, this));
        }
    }

    @Override
    public void start() {
        all.forEach(member -> member.server().start());
        all.forEach(this::awaitServing);
    }

    @Override
    public void close() {
        closing.close();
    }

    List<ZookitMember> all() {
        return List.copyOf(all);
    }

    EnsembleNetwork network() {
        return network;
    }

    /** Waits until a member serves, if there are enough that can reach each other. */
    void awaitServing(ZookitMember member) {
        Patience.await(
                () -> !isWithMajority(member) || member.role() != Role.LOOKING, () -> member + " has found no leader");
    }

    private boolean isWithMajority(ZookitMember member) {
        return isThere(member) && 2 * all.stream().filter(Members::isThere).count() > all.size();
    }

    private static boolean isThere(ZookitMember member) {
        return member.isRunning() && !member.isCut();
    }

    /** Whoever leads, as soon as it is one that others can reach. */
    ZookitMember leader() {
        Patience.await(() -> leaders().size() == 1, () -> "no member leads");
        return leaders().stream()
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("the leader was lost meanwhile"));
    }

    /** The others that the leader can reach, as soon as they serve. */
    List<ZookitMember> followers() {
        ZookitMember leader = leader();
        List<ZookitMember> others = all.stream()
                .filter(member -> member != leader && isThere(member))
                .toList();
        others.forEach(this::awaitServing);
        return others;
    }

    /** Joins and starts whatever is cut off or stopped. */
    void heal() {
        all.forEach(member -> network.join(member.id()));
        start();
    }

    private List<ZookitMember> leaders() {
        return all.stream().filter(member -> member.role() == Role.LEADING).toList();
    }

    /** Has the member end a session that looks after it, wherever its client is, and waits until all that serve have heard of it. */
    void expire(long sessionId) {
        leader();
        if (!Patience.await(NEW_SESSION_NANOS, () -> keeper(sessionId).isPresent())) {
            throw EarlyExpiry.noSuchSession(sessionId, "the ensemble has");
        }
        ZookitMember keeper =
                keeper(sessionId).orElseThrow(() -> EarlyExpiry.noSuchSession(sessionId, "the ensemble has"));
        Role role = keeper.role();
        // A session that only one member knows ends there, and no other hears of it.
        List<CompletableFuture<Void>> farewells = all.stream()
                .filter(member -> member == keeper || (role == Role.LEADING && member.role() != Role.LOOKING))
                .map(member -> member.server().plugins().expiry().farewell(sessionId))
                .toList();
        keeper.server().plugins().expiry().expire(sessionId);
        farewells.forEach(farewell -> Patience.await(farewell, () -> EarlyExpiry.hasNotEnded(sessionId)));
        if (keeper.role() != role) {
            throw new IllegalStateException(keeper + " has lost its role while it was to end a session. Call again.");
        }
    }

    /** Who looks after a session: the leader, but for those that only one member knows. */
    private Optional<ZookitMember> keeper(long sessionId) {
        return all.stream()
                .filter(member -> member.role() != Role.LOOKING
                        && member.server().plugins().expiry().knows(sessionId))
                .findFirst();
    }
}
