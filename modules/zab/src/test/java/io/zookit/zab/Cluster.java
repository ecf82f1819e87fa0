package io.zookit.zab;

import io.zookit.model.Zxid;
import io.zookit.wire.ElectionNotification;
import io.zookit.wire.PeerState;
import io.zookit.wire.QuorumMessage;
import io.zookit.wire.QuorumMessage.TouchedSession;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * A few nodes in one thread: queues in the place of sockets and disks, all of them drained in an order that a seed decides. It checks
 * what must hold after every step. The simulator is the place for cruelty; this is a first look.
 */
final class Cluster {
    static final int TICK_MILLIS = 200;

    final Map<Long, Server> servers = new TreeMap<>();
    final Random random;
    final StringBuilder trace = new StringBuilder();
    final ZabSettings template;
    final Membership membership;
    long now;
    private long nextLink = 1;

    /** Every transaction that any server was told to be committed: the one history. */
    final TreeMap<Long, String> history = new TreeMap<>();

    Cluster(long seed, Membership membership, ZabSettings template) {
        this.random = new Random(seed);
        this.membership = membership;
        this.template = template;
        for (long id : membership.members().keySet()) {
            servers.put(id, new Server(id));
        }
    }

    static Membership threeVoters() {
        return Membership.parse("server.1=a:1:2\nserver.2=b:1:2\nserver.3=c:1:2");
    }

    /** What crosses between two parties, in order, until it is cut. */
    static final class Pipe {
        final ArrayDeque<Runnable> queue = new ArrayDeque<>();
        boolean cut;
    }

    final class Server implements ZabEffects {
        final long id;
        final TreeMap<Long, byte[]> durableLog = new TreeMap<>();
        long snapshotZxid;
        long accepted;
        long current;
        ZabNode node;
        boolean up;
        int life;
        final ArrayDeque<Runnable> disk = new ArrayDeque<>();
        final ArrayDeque<Runnable> events = new ArrayDeque<>();
        final TreeMap<Long, byte[]> inMemory = new TreeMap<>();
        final Map<Long, Remote> links = new HashMap<>();
        long applied;
        PeerState served = PeerState.LOOKING;
        long servedEpoch;
        long proposed;
        int synced;

        Server(long id) {
            this.id = id;
        }

        void start() {
            up = true;
            life++;
            disk.clear();
            events.clear();
            links.clear();
            inMemory.clear();
            inMemory.putAll(durableLog);
            served = PeerState.LOOKING;
            long last = durableLog.isEmpty() ? snapshotZxid : durableLog.lastKey();
            applied = 0;
            ZabSettings settings = new ZabSettings(
                    id,
                    template.tickTimeMillis(),
                    template.initLimitTicks(),
                    template.syncLimitTicks(),
                    template.reconfigEnabled(),
                    template.electionSilenceMillis(),
                    template.notificationMillisMin(),
                    template.notificationMillisMax(),
                    template.retryMillisMin(),
                    template.retryMillisMax(),
                    template.historyTransactionsMax(),
                    template.historyBytesMax(),
                    template.logSyncTransactionsMax(),
                    template.linkBytesMax(),
                    template.counterMax());
            StoredState stored = new StoredState(accepted, current, extent(last));
            node = new ZabNode(settings, membership, stored, random.nextLong(), this);
            node.start(now);
            for (Server other : servers.values()) {
                if (other != this && other.up) {
                    connectElection(other.id);
                }
            }
        }

        private History extent(long last) {
            List<Long> ends = new ArrayList<>();
            for (long zxid : durableLog.keySet()) {
                if (!ends.isEmpty() && Zxid.epoch(ends.get(ends.size() - 1)) == Zxid.epoch(zxid)) {
                    ends.remove(ends.size() - 1);
                }
                ends.add(zxid);
            }
            return new History(snapshotZxid, last, ends);
        }

        void crash() {
            up = false;
            for (long link : List.copyOf(links.keySet())) {
                cut(link);
            }
            for (Server other : servers.values()) {
                if (other.up && other != this) {
                    other.later(() -> other.node.electionLinkDown(id));
                }
            }
        }

        void later(Runnable event) {
            int of = life;
            events.add(() -> {
                if (up && life == of) {
                    event.run();
                }
            });
        }

        private void stored(Runnable work) {
            int of = life;
            disk.add(() -> {
                if (up && life == of) {
                    work.run();
                }
            });
        }

        // ---- effects

        @Override
        public void sendVote(long serverId, ElectionNotification vote) {
            Server to = servers.get(serverId);
            if (to != null && to.up && reachable(this, to)) {
                to.later(() -> to.node.voteReceived(id, vote));
            }
        }

        @Override
        public void connectElection(long serverId) {
            Server to = servers.get(serverId);
            if (to != null && to.up && reachable(this, to)) {
                later(() -> node.electionLinkUp(serverId));
                to.later(() -> to.node.electionLinkUp(id));
            }
        }

        @Override
        public void connectLeader(long link, long serverId) {
            Server to = servers.get(serverId);
            if (to == null || !to.up || !reachable(this, to)) {
                later(() -> node.linkDown(link));
                return;
            }
            long theirs = nextLink++;
            links.put(link, new Remote(to, theirs));
            to.links.put(theirs, new Remote(this, link));
            to.later(() -> to.node.learnerLinkUp(theirs));
            later(() -> node.leaderLinkUp(link));
        }

        @Override
        public void send(long link, QuorumMessage message) {
            Remote remote = links.get(link);
            if (remote != null) {
                remote.server.later(() -> {
                    if (remote.server.links.containsKey(remote.link)) {
                        remote.server.receive(remote.link, message);
                    }
                });
            }
        }

        void receive(long link, QuorumMessage message) {
            node.received(link, message);
        }

        @Override
        public void closeLink(long link, String reason) {
            trace.append(now)
                    .append(' ')
                    .append(id)
                    .append(" closes ")
                    .append(link)
                    .append(": ")
                    .append(reason)
                    .append('\n');
            cut(link);
        }

        void cut(long link) {
            Remote remote = links.remove(link);
            if (remote != null) {
                remote.server.later(() -> {
                    if (remote.server.links.remove(remote.link) != null) {
                        remote.server.node.linkDown(remote.link);
                    }
                });
                if (up) {
                    later(() -> node.linkDown(link));
                }
            }
        }

        @Override
        public void sendLog(long link, long afterZxid, long throughZxid) {
            for (Map.Entry<Long, byte[]> entry :
                    inMemory.subMap(afterZxid, false, throughZxid, true).entrySet()) {
                send(link, new QuorumMessage.Proposal(entry.getKey(), entry.getValue()));
                send(link, new QuorumMessage.Commit(entry.getKey()));
            }
            later(() -> node.logSent(link));
        }

        @Override
        public void sendSnapshot(long link, long atLeastZxid) {
            // A snapshot that is as new as what was committed here.
            long zxid = Math.max(Math.max(snapshotZxid, node.committedZxid()), atLeastZxid);
            Remote remote = links.get(link);
            if (remote == null) {
                return;
            }
            remote.server.later(() -> {
                remote.server.incoming = new TreeMap<>(historyThrough(zxid));
                if (remote.server.links.containsKey(remote.link)) {
                    remote.server.receive(remote.link, new QuorumMessage.Snap(zxid));
                }
            });
            later(() -> node.snapshotSent(link, zxid));
        }

        /** The content of the snapshot that is being received. */
        TreeMap<Long, byte[]> incoming = new TreeMap<>();

        private Map<Long, byte[]> historyThrough(long zxid) {
            return inMemory.headMap(zxid, true);
        }

        @Override
        public void append(long zxid, byte[] record) {
            inMemory.put(zxid, record);
            stored(() -> {
                durableLog.put(zxid, record);
                later(() -> node.appended(zxid));
            });
        }

        @Override
        public void saveEpochs(long acceptedEpoch, long currentEpoch) {
            stored(() -> {
                check(acceptedEpoch >= accepted && currentEpoch >= current, "epochs only grow on disk");
                accepted = acceptedEpoch;
                current = currentEpoch;
                later(() -> node.epochsSaved(acceptedEpoch, currentEpoch));
            });
        }

        @Override
        public void saveUnsynced(boolean unsynced) {
            check(false, id + " has lost nothing, and is to note that it has");
        }

        @Override
        public void truncate(long zxid) {
            stored(() -> {
                check(applied <= zxid, id + " removes what was committed");
                durableLog.tailMap(zxid, false).clear();
                long last = durableLog.isEmpty() ? snapshotZxid : durableLog.lastKey();
                later(() -> node.truncated(last));
            });
        }

        @Override
        public void reload() {
            stored(() -> {
                inMemory.clear();
                inMemory.putAll(durableLog);
                later(() -> node.stateReloaded());
            });
        }

        @Override
        public void installSnapshot(long link, long zxid) {
            TreeMap<Long, byte[]> content = incoming;
            stored(() -> {
                durableLog.clear();
                inMemory.clear();
                inMemory.putAll(content);
                snapshotContent.clear();
                snapshotContent.putAll(content);
                snapshotZxid = zxid;
                later(() -> node.snapshotInstalled(zxid));
            });
        }

        final TreeMap<Long, byte[]> snapshotContent = new TreeMap<>();

        @Override
        public void commit(long zxid) {
            check(zxid > applied, id + " commits backwards");
            long durable = durableLog.isEmpty() ? snapshotZxid : Math.max(durableLog.lastKey(), snapshotZxid);
            check(zxid <= durable, id + " applies " + Zxid.text(zxid) + ", durable is " + Zxid.text(durable));
            applied = zxid;
            for (Map.Entry<Long, byte[]> entry : durableLog.headMap(zxid, true).entrySet()) {
                String text = new String(entry.getValue());
                String known = history.putIfAbsent(entry.getKey(), text);
                check(known == null || known.equals(text), id + " has another " + Zxid.text(entry.getKey()));
            }
            // Nothing of the one history is missing here.
            for (long known : history.headMap(zxid, true).keySet()) {
                check(
                        durableLog.containsKey(known) || known <= snapshotZxid,
                        id + " has no " + Zxid.text(known) + " of what is committed");
            }
        }

        @Override
        public void roleChanged(PeerState role, long epoch, long leader) {
            trace.append(now)
                    .append(' ')
                    .append(id)
                    .append(" is ")
                    .append(role)
                    .append(" of ")
                    .append(epoch)
                    .append('\n');
            served = role;
            servedEpoch = epoch;
            if (role == PeerState.LEADING) {
                String before = leaders.putIfAbsent(epoch, id + "/" + life);
                check(before == null, "two leaders in epoch " + epoch + ": " + before + " and " + id);
                proposed = Zxid.of(epoch, 0);
            }
        }

        @Override
        public void request(long link, QuorumMessage.Request request) {
            if (request.opCode() == 9) {
                later(() -> node.syncFor(link));
            } else {
                later(() -> propose(new String(request.body())));
            }
        }

        void propose(String text) {
            if (served == PeerState.LEADING && node.propose(proposed + 1, text.getBytes())) {
                proposed++;
            }
        }

        @Override
        public void synced() {
            synced++;
        }

        @Override
        public void touched(long link, List<TouchedSession> sessions) {}

        @Override
        public void revalidate(long link, long sessionId, int timeoutMillis) {}

        @Override
        public void revalidated(long sessionId, boolean valid) {}

        @Override
        public void membershipChanged(Membership membership) {}

        @Override
        public void stopped(String reason) {
            throw new AssertionError(id + " stopped: " + reason);
        }
    }

    record Remote(Server server, long link) {}

    final Map<Long, String> leaders = new HashMap<>();
    final Set<Long> isolated = new TreeSet<>();

    private boolean reachable(Server one, Server other) {
        return !isolated.contains(one.id) && !isolated.contains(other.id);
    }

    void isolate(long id) {
        isolated.add(id);
        Server server = servers.get(id);
        for (long link : List.copyOf(server.links.keySet())) {
            server.cut(link);
        }
        for (Server other : servers.values()) {
            if (other != server) {
                other.later(() -> other.node.electionLinkDown(id));
                server.later(() -> server.node.electionLinkDown(other.id));
            }
        }
    }

    void check(boolean holds, String message) {
        if (!holds) {
            throw new AssertionError(message);
        }
    }

    /** One event of one server, or one piece of work of one disk. */
    boolean step() {
        List<ArrayDeque<Runnable>> ready = new ArrayList<>();
        for (Server server : servers.values()) {
            if (server.up && !server.events.isEmpty()) {
                ready.add(server.events);
            }
            if (server.up && !server.disk.isEmpty()) {
                ready.add(server.disk);
            }
        }
        if (ready.isEmpty()) {
            return false;
        }
        ready.get(random.nextInt(ready.size())).remove().run();
        return true;
    }

    void drain() {
        for (int i = 0; step(); i++) {
            check(i < 1_000_000, "the events do not end");
        }
    }

    /** Lets time pass, with everything that happens in it. */
    void run(long millis) {
        long end = now + millis;
        while (now < end) {
            drain();
            now += 10;
            for (Server server : servers.values()) {
                if (server.up) {
                    server.node.tick(now);
                }
            }
        }
        drain();
    }

    Server leader() {
        for (Server server : servers.values()) {
            if (server.up && server.served == PeerState.LEADING && !isolated.contains(server.id)) {
                return server;
            }
        }
        return null;
    }

    long served() {
        return servers.values().stream()
                .filter(server -> server.up && server.served != PeerState.LOOKING)
                .count();
    }
}
