package io.zookit.simulator;

import io.zookit.model.Zxid;
import io.zookit.simulator.SimulationOptions.Fault;
import io.zookit.simulator.mutant.Mutant;
import io.zookit.simulator.storage.Snapshot;
import io.zookit.simulator.storage.StoredTxn;
import io.zookit.simulator.world.Chance;
import io.zookit.simulator.world.Connection;
import io.zookit.simulator.world.Endpoint;
import io.zookit.wire.QuorumMessage;
import io.zookit.zab.Membership;
import io.zookit.zab.Standing;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The links of one process with its leader and with its learners. */
final class QuorumLinks {
    private static final int REFUSED_PERCENT = 4;
    private static final int OVERTAKEN_PERIOD = 5;
    private static final int SNAPSHOT_PARTS = 6;
    private static final int SNAPSHOT_CUT_PERCENT = 4;
    private static final long READ_MICROS_MAX = 200_000;

    private final World world;
    private final SimulatedServer server;
    private final ServerProcess process;
    private final Chance chance;
    private final Map<Long, Link> links = new TreeMap<>();
    private final Set<Long> dialing = new HashSet<>();
    private long lastAccepted;

    QuorumLinks(World world, SimulatedServer server, ServerProcess process, Chance chance) {
        this.world = world;
        this.server = server;
        this.process = process;
        this.chance = chance;
    }

    /** What is on a link: a message, or a part of the snapshot that follows a SNAP. */
    private record Item(@Nullable QuorumMessage message, byte[] part, boolean last) {}

    /** One end of a link. */
    private final class Link implements Endpoint<Item> {
        private final long name;
        private final long peer;
        private final Connection<Item> connection;
        private final boolean dialer;
        private final Deque<Runnable> unsent = new ArrayDeque<>();
        private final Deque<Item> unread = new ArrayDeque<>();
        private final ByteArrayOutputStream snapshot = new ByteArrayOutputStream();
        private @Nullable QuorumMessage overtaken;
        private boolean sendsFromDisk;
        private boolean installs;
        private boolean stored;
        private long snapshotZxid;

        private Link(long name, long peer, Connection<Item> connection, boolean dialer) {
            this.name = name;
            this.peer = peer;
            this.connection = connection;
            this.dialer = dialer;
        }

        @Override
        public void received(Item item) {
            if (process.isDead()) {
                // It died before it had taken the connection over.
                connection.close(dialer);
            }
            process.enter(() -> {
                if (links.get(name) == this) {
                    if (installs && item.message() == null) {
                        takePart(item);
                    } else if (installs || !unread.isEmpty()) {
                        unread.addLast(item);
                    } else {
                        read(item);
                    }
                }
            });
        }

        private void read(Item item) {
            QuorumMessage message = item.message();
            if (message == null) {
                return;
            }
            world.trace(server.id(), message.getClass().getSimpleName(), peer, Messages.zxidOf(message));
            world.checkers.receives(server, name, message);
            if (world.options.mutant() == Mutant.NEW_LEADER_ANSWERED_AT_ONCE
                    && message instanceof QuorumMessage.NewLeader newLeader) {
                send(this, new QuorumMessage.Ack(newLeader.epoch() << 32));
            }
            process.node().received(name, message);
        }

        private void takePart(Item item) {
            snapshot.writeBytes(item.part());
            if (item.last()) {
                byte[] state = snapshot.toByteArray();
                if (!membersHeard(state)) {
                    return;
                }
                stored = true;
                process.promisesAtMost(0);
                process.disk().act(() -> process.storage().install(snapshotZxid, state), () -> {
                    process.promises(snapshotZxid);
                    server.hasOther();
                    process.replica().installed(snapshotZxid, state);
                    process.node().snapshotInstalled(snapshotZxid);
                    installs = false;
                    readOn();
                });
            }
        }

        /** Tells of the members a snapshot holds before it is stored; whether this link is still wanted then. */
        private boolean membersHeard(byte[] state) {
            Membership members = ReplicatedState.membersIn(state);
            if (members != null) {
                process.node().snapshotMembers(members);
            }
            return links.get(name) == this;
        }

        private void readOn() {
            while (!unread.isEmpty() && !installs && links.get(name) == this) {
                read(unread.removeFirst());
            }
        }

        @Override
        public void closed() {
            process.enter(() -> {
                if (links.remove(name, this)) {
                    world.trace(server.id(), "link down", name, peer);
                    abandonSnapshot();
                    process.node().linkDown(name);
                }
            });
        }

        private void abandonSnapshot() {
            if (installs && !stored) {
                installs = false;
                world.trace(server.id(), "abandons snapshot", snapshotZxid, name);
                process.disk().act(List::of, () -> {
                    if (world.options.mutant() == Mutant.BROKEN_SNAPSHOT_BELIEVED) {
                        process.node().snapshotInstalled(snapshotZxid);
                    } else {
                        process.node().snapshotAbandoned();
                    }
                });
            }
        }
    }

    void dial(long name, long peer) {
        SimulatedServer other = world.server(peer);
        dialing.add(name);
        world.agenda.in(world.network.latencyMicros(server.machine(), other.machine()), () -> {
            ServerProcess there = other.process();
            boolean open = !world.network.isBlocked(server.machine(), other.machine())
                    && !world.network.isBlocked(other.machine(), server.machine());
            if (process.isDead()) {
                return;
            }
            if (!dialing.contains(name)) {
                // Given up meanwhile.
                return;
            }
            if (there == null || !open || chance.percent(REFUSED_PERCENT)) {
                dialing.remove(name);
                process.enter(() -> process.node().linkDown(name));
                return;
            }
            Connection<Item> connection = world.network.connect(server.machine(), other.machine());
            Link here = new Link(name, peer, connection, true);
            Link far = there.quorum().new Link(++there.quorum().lastAccepted, server.id(), connection, false);
            connection.dialerHears(here);
            connection.acceptorHears(far);
            there.enter(() -> {
                there.quorum().links.put(far.name, far);
                there.node().learnerLinkUp(far.name);
            });
            process.enter(() -> {
                if (!dialing.remove(name)) {
                    connection.close(true);
                    return;
                }
                links.put(name, here);
                process.node().leaderLinkUp(name);
            });
        });
    }

    void send(long name, QuorumMessage message) {
        Link link = links.get(name);
        if (link != null) {
            send(link, message);
        }
    }

    private void send(Link link, QuorumMessage message) {
        if (world.options.mutant() == Mutant.LEARNER_UNDERSTATES_ITS_HISTORY
                && message instanceof QuorumMessage.AckEpoch ack
                && Zxid.counter(ack.lastZxid()) > 1) {
            put(link, new QuorumMessage.AckEpoch(ack.lastZxid() - 1, ack.currentEpoch()));
            return;
        }
        if (!(message instanceof QuorumMessage.Proposal)) {
            world.checkers.sends(server, link.name, message);
        }
        if (link.sendsFromDisk) {
            link.unsent.addLast(() -> put(link, message));
        } else {
            put(link, message);
        }
    }

    private void put(Link link, QuorumMessage message) {
        if (message instanceof QuorumMessage.Proposal) {
            world.checkers.sends(server, link.name, message);
        }
        Mutant mutant = world.options.mutant();
        if (mutant == Mutant.COMMIT_OVERTAKES_PROPOSAL
                && message instanceof QuorumMessage.Proposal proposal
                && Zxid.counter(proposal.zxid()) % OVERTAKEN_PERIOD == 0) {
            link.overtaken = message;
            return;
        }
        transmit(link, message);
        QuorumMessage overtaken = link.overtaken;
        if (overtaken != null) {
            link.overtaken = null;
            transmit(link, overtaken);
        }
        if (mutant == Mutant.UP_TO_DATE_WITH_NEW_LEADER && message instanceof QuorumMessage.NewLeader) {
            transmit(link, new QuorumMessage.UpToDate());
        }
        if (mutant == Mutant.ACKNOWLEDGED_AS_SOON_AS_SENT && message instanceof QuorumMessage.Proposal proposal) {
            process.enter(() -> process.node().received(link.name, new QuorumMessage.Ack(proposal.zxid())));
        }
        if (mutant == Mutant.RECONFIGURATION_COUNTED_BY_NEW_MEMBERS
                && message instanceof QuorumMessage.Proposal proposal
                && server.leads()
                && Membership.isBroughtBy(proposal.txn())) {
            process.enter(() -> countLeaver(link, proposal.zxid()));
        }
    }

    /** A mistake: whoever leaves by what is under way has agreed. */
    private void countLeaver(Link link, long zxid) {
        Standing standing = process.node().standing();
        Membership next = standing.proposed();
        boolean leaves = standing.membership().isVoter(link.peer)
                && standing.synced().contains(link.peer)
                && next != null
                && next.version() == zxid
                && !next.isVoter(link.peer);
        if (leaves) {
            process.node().received(link.name, new QuorumMessage.Ack(zxid));
        }
    }

    private void transmit(Link link, QuorumMessage message) {
        world.checkers.transmits(server, link.name, message);
        QuorumMessage sent = world.options.encoded() ? Messages.copy(message) : message;
        link.connection.send(link.dialer, new Item(sent, new byte[0], false));
    }

    /** Something that takes time stands before all that is sent later; whoever sends it says when that is done. */
    private void fromDisk(long name, Consumer<Link> sending) {
        Link link = links.get(name);
        if (link == null) {
            return;
        }
        Runnable waiting = () -> {
            link.sendsFromDisk = true;
            later(link, () -> sending.accept(link));
        };
        if (link.sendsFromDisk) {
            link.unsent.addLast(waiting);
        } else {
            waiting.run();
        }
    }

    /** After a while, if the link is still there. */
    private void later(Link link, Runnable sending) {
        world.agenda.in(
                chance.duration(10, 5_000, READ_MICROS_MAX),
                () -> process.enter(() -> {
                    if (links.get(link.name) == link) {
                        sending.run();
                    }
                }));
    }

    private static void sendOn(Link link) {
        link.sendsFromDisk = false;
        while (!link.unsent.isEmpty() && !link.sendsFromDisk) {
            link.unsent.removeFirst().run();
        }
    }

    void sendLog(long name, long after, long through) {
        fromDisk(name, link -> {
            if (after < process.storage().beginsAfter()) {
                process.node().linkDown(name);
                close(name);
                return;
            }
            boolean leavesOut = world.options.mutant() == Mutant.SYNC_LEAVES_OUT_A_TRANSACTION;
            List<StoredTxn> txns = new ArrayList<>(process.storage().after(after));
            for (int i = 0; i < txns.size() && txns.get(i).zxid() <= through; i++) {
                StoredTxn txn = txns.get(i);
                if (!leavesOut || i != 1) {
                    put(link, new QuorumMessage.Proposal(txn.zxid(), txn.record()));
                    put(link, new QuorumMessage.Commit(txn.zxid()));
                }
            }
            process.node().logSent(name);
            sendOn(link);
        });
    }

    void sendSnapshot(long name, long atLeast) {
        fromDisk(name, link -> {
            Snapshot snapshot = process.replica().snapshotToSend(atLeast);
            if (snapshot == null) {
                world.trace.say("no snapshot of at least " + Long.toHexString(atLeast));
                process.node().linkDown(name);
                close(name);
                return;
            }
            QuorumMessage snap = new QuorumMessage.Snap(snapshot.zxid());
            world.checkers.sends(server, name, snap);
            put(link, snap);
            sendPart(link, snapshot, 1);
        });
    }

    /** A snapshot goes out part by part, as it is read, so that a connection can break in the middle of it. */
    private void sendPart(Link link, Snapshot snapshot, int part) {
        byte[] state = snapshot.state();
        int start = (int) ((long) state.length * (part - 1) / SNAPSHOT_PARTS);
        int end = (int) ((long) state.length * part / SNAPSHOT_PARTS);
        link.connection.send(
                link.dialer, new Item(null, Arrays.copyOfRange(state, start, end), part == SNAPSHOT_PARTS));
        // Left to itself a connection hardly ever breaks just here, where a learner has half a history.
        boolean breaks = !world.healed && world.options.faults().contains(Fault.CUT);
        if (breaks && chance.percent(SNAPSHOT_CUT_PERCENT)) {
            link.connection.cut(chance);
        }
        if (part == SNAPSHOT_PARTS) {
            process.node().snapshotSent(link.name, snapshot.zxid());
            sendOn(link);
        } else {
            later(link, () -> sendPart(link, snapshot, part + 1));
        }
    }

    void installSnapshot(long name, long zxid) {
        Link link = links.get(name);
        if (link == null) {
            process.enter(() -> process.node().snapshotAbandoned());
            return;
        }
        link.installs = true;
        link.stored = false;
        link.snapshot.reset();
        link.snapshotZxid = zxid;
        awaitPart(link, link.snapshot.size());
    }

    /** A stream that stands still for too long is broken: nobody else watches it meanwhile. */
    private void awaitPart(Link link, int bytes) {
        world.agenda.in(1_000L * Ensemble.TICK_MILLIS * Ensemble.INIT_LIMIT_TICKS, () -> {
            if (link.installs && !link.stored && links.get(link.name) == link) {
                if (link.snapshot.size() == bytes) {
                    link.connection.close(link.dialer);
                    link.closed();
                } else {
                    awaitPart(link, link.snapshot.size());
                }
            }
        });
    }

    /** How many links there are that this server has dialed, or that others have. */
    int count(boolean dialed) {
        int count = 0;
        for (Link link : links.values()) {
            count += link.dialer == dialed ? 1 : 0;
        }
        return count;
    }

    /** A mistake: all learners are let go. */
    void dropLearners() {
        for (Link link : List.copyOf(links.values())) {
            if (!link.dialer) {
                process.node().linkDown(link.name);
                close(link.name);
            }
        }
    }

    void close(long name) {
        if (world.options.mutant() == Mutant.LINK_OF_FORMER_LEADER_KEPT && name < 0) {
            return;
        }
        dialing.remove(name);
        Link link = links.remove(name);
        if (link != null) {
            link.connection.close(link.dialer);
            link.abandonSnapshot();
        }
    }

    void die(boolean powerIsLost) {
        for (Link link : links.values()) {
            if (powerIsLost) {
                link.connection.vanish(link.dialer, chance);
            } else {
                link.connection.close(link.dialer);
            }
        }
        links.clear();
    }
}
