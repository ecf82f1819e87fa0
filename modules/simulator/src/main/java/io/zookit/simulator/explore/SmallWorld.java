package io.zookit.simulator.explore;

import io.zookit.simulator.explore.Action.Kind;
import io.zookit.simulator.explore.SmallLink.End;
import io.zookit.simulator.explore.SmallLink.Item;
import io.zookit.simulator.mutant.Mutant;
import io.zookit.simulator.storage.StoredTxn;
import io.zookit.wire.ElectionNotification;
import io.zookit.wire.QuorumMessage;
import io.zookit.zab.Member;
import io.zookit.zab.Membership;
import io.zookit.zab.ZabSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Three servers, two transactions, and everything that is on its way between them and their disks. Nothing happens by itself: whoever
 * explores it chooses one {@link Action} after the other.
 */
final class SmallWorld {
    static final int SERVERS = 3;
    private static final int TRANSACTIONS = 2;
    private static final int TICK_MILLIS = 100;
    private static final int INIT_LIMIT_TICKS = 20;
    private static final int SYNC_LIMIT_TICKS = 8;
    private static final int PAUSE_MILLIS = 3 * TICK_MILLIS * (INIT_LIMIT_TICKS + SYNC_LIMIT_TICKS);
    /** Added to what a loss of power keeps of a disk: what the server has sent is lost too. */
    static final int LOSES_SENT = 8;

    private final Mutant mutant;
    private final @Nullable Consumer<String> listener;
    private final Membership membership;
    private final SmallRules rules;
    private final List<SmallServer> servers = new ArrayList<>();
    private final Map<Integer, SmallLink> links = new TreeMap<>();
    private final @Nullable ElectionNotification[][] votes = new ElectionNotification[SERVERS + 1][SERVERS + 1];
    private final boolean[][] linked = new boolean[SERVERS + 1][SERVERS + 1];
    private long nowMillis;
    private int lastLink;
    private int isolated;
    private int written;

    SmallWorld(Shape shape, Mutant mutant, @Nullable Consumer<String> listener) {
        this.mutant = mutant;
        this.listener = listener;
        membership = membershipOf(mutant == Mutant.QUORUM_TOO_SMALL ? SERVERS - 1 : SERVERS);
        rules = new SmallRules(this, shape);
        for (int i = 0; i < SERVERS; i++) {
            servers.add(new SmallServer(this, i + 1, new SmallDisk(shape.disk(i))));
        }
        servers.forEach(SmallServer::start);
    }

    private static Membership membershipOf(int voters) {
        Map<Long, Member> members = new TreeMap<>();
        for (long id = 1; id <= SERVERS; id++) {
            Member.Address address = new Member.Address("machine" + id, 2888, 3888);
            members.put(id, new Member(id, List.of(address), id <= voters, ""));
        }
        return new Membership(0, new TreeMap<>(members), new TreeMap<>(), new TreeMap<>());
    }

    ZabSettings settings(long id) {
        return ZabSettings.of(id, TICK_MILLIS, INIT_LIMIT_TICKS, SYNC_LIMIT_TICKS);
    }

    Membership membership() {
        return membership;
    }

    Mutant mutant() {
        return mutant;
    }

    SmallRules rules() {
        return rules;
    }

    List<SmallServer> servers() {
        return servers;
    }

    long nowMillis() {
        return nowMillis;
    }

    private SmallServer server(long id) {
        return servers.get((int) id - 1);
    }

    void say(SmallServer server, String words) {
        if (listener != null) {
            listener.accept("      server " + server.id() + " " + words);
        }
    }

    // ---- what servers ask for

    void sendVote(long from, long to, ElectionNotification vote) {
        if (linked[(int) from][(int) to]) {
            votes[(int) from][(int) to] = vote;
        }
    }

    void send(long server, long name, Item item) {
        SmallLink link = linkOf(server, name);
        if (link != null) {
            int end = link.endOf((int) server, name);
            if (listener != null && item instanceof Item.Message message) {
                say(server(server), "sends " + message.message());
            }
            link.send(end, item);
        }
    }

    private @Nullable SmallLink linkOf(long server, long name) {
        for (SmallLink link : links.values()) {
            if (link.endOf((int) server, name) >= 0) {
                return link;
            }
        }
        return null;
    }

    void close(long server, long name) {
        SmallLink link = linkOf(server, name);
        if (link != null) {
            int end = link.endOf((int) server, name);
            link.close(end);
            abandon(link.end(end));
            links.values().removeIf(SmallLink::isGone);
        }
    }

    private void abandon(End end) {
        if (end.snapshot() == SmallLink.Snapshot.AWAITED) {
            end.snapshot(SmallLink.Snapshot.NONE);
            server(end.server()).abandonSnapshot();
        }
    }

    void awaitSnapshot(long server, long name) {
        SmallLink link = linkOf(server, name);
        if (link != null) {
            link.end(link.endOf((int) server, name)).snapshot(SmallLink.Snapshot.AWAITED);
        }
    }

    // ---- what there is

    Map<Integer, SmallLink> links() {
        return links;
    }

    boolean isLinked(int one, int other) {
        return linked[one][other];
    }

    boolean hasVote(int from, int to) {
        return votes[from][to] != null;
    }

    /** Whether two servers run, and nothing stands between them. */
    boolean reach(int one, int other) {
        return server(one).isUp() && server(other).isUp() && isolated != one && isolated != other;
    }

    /** The server that is cut off, 0 for none. */
    int isolated() {
        return isolated;
    }

    /** Whether clients have written all that they want to. */
    boolean isWritten() {
        return written == TRANSACTIONS;
    }

    // ---- what happens

    void happen(Action action) {
        if (listener != null) {
            listener.accept(action + describe(action));
        }
        int one = action.one();
        switch (action.kind()) {
            case READ -> read(link(one), action.two());
            case DELIVER -> deliver(link(one), action.two());
            case DIAL -> dial(server(one));
            case LINK -> linkElection(one, action.two());
            case VOTE -> vote(one, action.two());
            case DISK -> disk(server(one));
            case PROPOSE -> server(one).propose(++written);
            case RELEASE -> release();
            case RESTART -> server(one).start();
            case HEAL -> heal();
            case TIME -> time();
            case HOLD_LINK -> link(one).end(action.two()).held(true);
            case HOLD_DISK -> server(one).disk().held(true);
            case CRASH -> crash(server(one), action.two());
            case ISOLATE -> isolate(one, action.two() == 0);
            case EARLY -> server(one).goAhead(server(one).waitMillis());
            case PAUSE -> server(one).goAhead(PAUSE_MILLIS);
        }
        links.values().removeIf(SmallLink::isGone);
    }

    private String describe(Action action) {
        if (action.kind() == Kind.DELIVER) {
            SmallLink link = link(action.one());
            return " to server " + link.end(action.two()).server() + " from server "
                    + link.end(1 - action.two()).server() + ": " + link.next(action.two());
        } else if (action.kind() == Kind.DISK) {
            SmallDisk.Work work = server(action.one()).disk().asked().peekFirst();
            return work == null ? "" : " of server " + action.one() + ": " + work.what();
        }
        ElectionNotification vote = action.kind() == Kind.VOTE ? votes[action.one()][action.two()] : null;
        return vote == null
                ? ""
                : ": " + vote.state() + " for " + vote.leader() + " round " + vote.round() + " zxid "
                        + Long.toHexString(vote.zxid()) + " epoch " + vote.peerEpoch();
    }

    private SmallLink link(int number) {
        SmallLink link = links.get(number);
        if (link == null) {
            throw new IllegalArgumentException("there is no link " + number);
        }
        return link;
    }

    private void deliver(SmallLink link, int number) {
        End end = link.end(number);
        Item item = end.arriving().removeFirst();
        SmallServer server = server(end.server());
        if (item instanceof Item.Message message) {
            server.enter(() -> server.received(end.name(), message.message()));
        } else if (item instanceof Item.State state) {
            if (end.snapshot() == SmallLink.Snapshot.AWAITED) {
                end.snapshot(SmallLink.Snapshot.STORED);
                server.install(state.txns(), () -> end.snapshot(SmallLink.Snapshot.NONE));
            }
        } else {
            link.close(number);
            abandon(end);
            server.enter(() -> server.node().linkDown(end.name()));
        }
    }

    /** What a leader has to read from its disk takes its place among what it sends. */
    private void read(SmallLink link, int learner) {
        End from = link.end(1 - learner);
        Item item = link.end(learner).arriving().removeFirst();
        if (!from.isOpen()) {
            return;
        }
        SmallServer leader = server(from.server());
        if (item instanceof Item.SnapshotToRead wanted) {
            readSnapshot(link, learner, leader, wanted.atLeast());
        } else if (item instanceof Item.LogToRead wanted) {
            List<StoredTxn> txns = leader.disk().txns();
            for (int i = txns.size() - 1; i >= 0 && txns.get(i).zxid() > wanted.after(); i--) {
                if (txns.get(i).zxid() <= wanted.through()) {
                    long zxid = txns.get(i).zxid();
                    first(link, learner, new QuorumMessage.Commit(zxid));
                    first(
                            link,
                            learner,
                            new QuorumMessage.Proposal(zxid, txns.get(i).record()));
                }
            }
            leader.enter(() -> leader.node().logSent(from.name()));
        }
    }

    private void readSnapshot(SmallLink link, int learner, SmallServer leader, long atLeast) {
        End from = link.end(1 - learner);
        List<StoredTxn> state = leader.snapshot(atLeast);
        if (state == null) {
            link.close(1 - learner);
            leader.enter(() -> leader.node().linkDown(from.name()));
            return;
        }
        long zxid = state.isEmpty() ? 0 : state.get(state.size() - 1).zxid();
        link.end(learner).arriving().addFirst(new Item.State(state));
        first(link, learner, new QuorumMessage.Snap(zxid));
        leader.enter(() -> leader.node().snapshotSent(from.name(), zxid));
    }

    private static void first(SmallLink link, int end, QuorumMessage message) {
        link.end(end).arriving().addFirst(new Item.Message(message));
    }

    private void dial(SmallServer server) {
        SmallServer.Dial dial = server.dial();
        if (dial == null) {
            return;
        }
        server.forgetDial();
        if (!reach((int) server.id(), (int) dial.target())) {
            server.enter(() -> server.node().linkDown(dial.name()));
            return;
        }
        SmallServer leader = server(dial.target());
        long name = leader.nextLink();
        links.put(++lastLink, new SmallLink((int) server.id(), dial.name(), (int) leader.id(), name));
        leader.enter(() -> leader.node().learnerLinkUp(name));
        server.enter(() -> server.node().leaderLinkUp(dial.name()));
    }

    private void linkElection(int one, int other) {
        linked[one][other] = true;
        linked[other][one] = true;
        server(one).enter(() -> server(one).node().electionLinkUp(other));
        server(other).enter(() -> server(other).node().electionLinkUp(one));
    }

    private void unlinkElection(int one, int other) {
        if (linked[one][other]) {
            linked[one][other] = false;
            linked[other][one] = false;
            votes[one][other] = null;
            votes[other][one] = null;
            for (int each : new int[] {one, other}) {
                SmallServer server = server(each);
                if (server.isUp()) {
                    server.enter(() -> server.node().electionLinkDown(each == one ? other : one));
                }
            }
        }
    }

    private void vote(int from, int to) {
        ElectionNotification vote = votes[from][to];
        votes[from][to] = null;
        if (vote != null) {
            server(to).enter(() -> server(to).node().voteReceived(from, vote));
        }
    }

    private void disk(SmallServer server) {
        SmallDisk.Work work = server.disk().asked().removeFirst();
        work.change().run();
        server.enter(work.done());
    }

    private void release() {
        servers.forEach(server -> server.disk().held(false));
        links.values().forEach(link -> {
            link.end(0).held(false);
            link.end(1).held(false);
        });
    }

    private void crash(SmallServer server, int how) {
        int id = (int) server.id();
        server.crash(how % LOSES_SENT);
        for (SmallLink link : List.copyOf(links.values())) {
            for (int end = 0; end < 2; end++) {
                if (link.end(end).server() == id && link.end(end).isOpen()) {
                    if (how >= LOSES_SENT) {
                        link.end(1 - end).arriving().clear();
                    }
                    link.close(end);
                }
            }
        }
        for (int other = 1; other <= SERVERS; other++) {
            unlinkElection(id, other);
        }
    }

    private void isolate(int id, boolean noticed) {
        isolated = id;
        for (SmallLink link : links.values()) {
            if (link.isOf(id)) {
                for (int end = 0; end < 2; end++) {
                    link.cut(end, noticed || link.end(end).server() != id);
                }
            }
        }
        for (int other = 1; other <= SERVERS; other++) {
            unlinkElection(id, other);
        }
    }

    /** What was cut without notice is noticed now. */
    private void heal() {
        for (SmallLink link : links.values()) {
            if (link.isOf(isolated)) {
                link.cut(0, true);
                link.cut(1, true);
            }
        }
        isolated = 0;
    }

    private void time() {
        long wait = Long.MAX_VALUE;
        for (SmallServer server : servers) {
            wait = Math.min(wait, server.waitMillis());
        }
        nowMillis += wait;
        servers.forEach(SmallServer::tick);
    }

    // ---- states

    long fingerprint(Fingerprint fingerprint) {
        long hash = rules.fingerprint(fingerprint);
        for (SmallServer server : servers) {
            hash = Fingerprint.mix(hash, server.fingerprint(fingerprint));
        }
        for (SmallLink link : links.values()) {
            hash = Fingerprint.mix(hash, fingerprint.of(link, 0));
        }
        hash = Fingerprint.mix(hash, fingerprint.of(votes, 0));
        for (int one = 1; one <= SERVERS; one++) {
            for (int other = 1; other <= SERVERS; other++) {
                hash = Fingerprint.mix(hash, linked[one][other] ? 1 : 0);
                hash = Fingerprint.mix(hash, votes[one][other] == null ? 0 : one * SERVERS + other);
            }
        }
        return Fingerprint.mix(hash, isolated * 8L + written);
    }
}
