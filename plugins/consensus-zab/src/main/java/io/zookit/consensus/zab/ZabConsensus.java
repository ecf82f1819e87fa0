package io.zookit.consensus.zab;

import io.zookit.spi.PeerSockets;
import io.zookit.spi.PluginContext;
import io.zookit.spi.consensus.EnsembleConsensus;
import io.zookit.spi.consensus.EnsembleFacts;
import io.zookit.spi.consensus.EnsembleReplica;
import io.zookit.spi.consensus.ForwardedRequest;
import io.zookit.spi.consensus.MembershipAnswer;
import io.zookit.spi.consensus.MembershipRequest;
import io.zookit.spi.consensus.Replica;
import io.zookit.wire.ElectionNotification;
import io.zookit.wire.QuorumMessage;
import io.zookit.zab.LearnerCounts;
import io.zookit.zab.Member;
import io.zookit.zab.Membership;
import io.zookit.zab.ZabNode;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The consensus of an ensemble: puts node, loop, links and storage together, and turns calls into events. */
final class ZabConsensus implements EnsembleConsensus {
    private static final Logger LOG = LoggerFactory.getLogger(ZabConsensus.class);

    private final PluginContext context;
    private final EnsembleSettings settings;
    private final PeerThreads threads;
    private final EventLoop loop;
    private final ElectionLinks elections;
    private final QuorumLinks quorum;
    private final PortListeners listeners;
    private final MemberPlaces places;
    private final MemberChanges changes;
    private final MemberComparison comparison;
    /** The members the links were made for; owned by the loop. */
    private Membership known;

    private @Nullable Thread loopThread;
    private volatile @Nullable Running running;

    /** What exists from the start on. */
    private record Running(
            ZabNode node, EnsembleReplica replica, StorageBridge bridge, StateTransfer transfer, Carrier carrier) {}

    ZabConsensus(PluginContext context, EnsembleSettings settings, PeerSockets sockets) {
        this.context = context;
        this.settings = settings;
        this.threads = new PeerThreads(context::threads);
        this.loop = new EventLoop(context.clock(), this::bug);
        this.known = settings.membership();
        this.places = new MemberPlaces(settings);
        this.comparison = new MemberComparison(places);
        this.changes = new MemberChanges(settings, places);
        this.listeners = new PortListeners(settings, places, sockets, threads);
        this.elections = new ElectionLinks(settings, places, sockets, threads, loop, new ElectionEvents());
        this.quorum = new QuorumLinks(settings, places, sockets, threads, loop, context.clock(), new QuorumEvents());
    }

    @Override
    public void start(Replica server, long lastZxid) {
        if (!(server instanceof EnsembleReplica replica)) {
            throw new IllegalStateException(
                    "this server's pipeline runs alone and cannot be a member of an ensemble; choose plugin.consensus=single");
        }
        EmptyStart empty = new EmptyStart(context);
        StoredHistory history = new StoredHistory(replica.storage(), empty.vote());
        history.finishInstallation();
        StorageBridge bridge = new StorageBridge(replica, history, loop, this::toNode);
        StateTransfer transfer = new StateTransfer(replica, history, bridge, quorum, settings.transferMillis());
        StoredMembership stored = new StoredMembership(replica.storage());
        StoredMembership.Recovered recovered = settings.zab().reconfigEnabled()
                ? stored.recover(stored.newest(settings.membership()), history.newestSnapshot())
                : new StoredMembership.Recovered(settings.membership(), null);
        Membership membership = recovered.counts();
        Carrier carrier = new Carrier(
                replica,
                elections,
                quorum,
                bridge,
                transfer,
                places,
                next -> membershipChanged(replica, bridge, stored, next),
                empty);
        ZabNode node = new ZabNode(
                settings.zab(), membership, history.read(), context.random().nextLong(), carrier);
        if (recovered.undecided() != null) {
            node.recoveredMembership(recovered.undecided());
        }
        places.update(node);
        known = membership;
        if (membership != settings.membership() && !membership.equals(settings.membership())) {
            write(membership);
            moveClients(replica, settings.membership(), membership);
        }
        Running parts = new Running(node, replica, bridge, transfer, carrier);
        running = parts;
        loop.submit(() -> {
            carrier.begin(node);
            node.start(context.clock().monotonicMillis());
        });
        loopThread = context.threads("consensus").newThread(() -> loop.run(new NodeRounds(parts)));
        loopThread.start();
        listen(reason -> onNode(started -> started.failed(reason)));
    }

    private void listen(Consumer<String> failed) {
        listeners.listen("election", Member.Address::electionPort, elections::accepted, failed);
        listeners.listen("quorum", Member.Address::quorumPort, quorum::accepted, failed);
    }

    // ---- the members change; on the loop

    private void membershipChanged(
            EnsembleReplica replica, StorageBridge bridge, StoredMembership stored, Membership next) {
        LOG.info(
                "the servers of the ensemble are {}, version {}",
                next.members().keySet(),
                Long.toHexString(next.version()));
        Membership before = known;
        known = next;
        for (Member member : next.members().values()) {
            Member same = before.member(member.id());
            if (same != null && !same.addresses().equals(member.addresses())) {
                loop.submit(() -> elections.moved(member.id()));
            }
        }
        listen(LOG::error);
        moveClients(replica, before, next);
        if (settings.zab().reconfigEnabled()) {
            bridge.store(() -> {
                stored.save(next);
                write(next);
            });
        }
    }

    private void moveClients(EnsembleReplica replica, Membership before, Membership next) {
        Member was = before.member(settings.serverId());
        Member is = next.member(settings.serverId());
        if (is != null
                && !is.client().isEmpty()
                && (was == null || !was.client().equals(is.client()))) {
            replica.clientAddressChanged(is.client());
        }
    }

    private void write(Membership next) {
        Member self = next.member(settings.serverId());
        settings.file()
                .map(MembershipFiles::new)
                .ifPresent(files ->
                        files.write(next, self != null && !self.client().isEmpty()));
    }

    // ---- events

    /** Any thread. */
    private void onNode(Consumer<ZabNode> event) {
        loop.submit(() -> toNode(event));
    }

    /** On the loop. */
    private void toNode(Consumer<ZabNode> event) {
        Running parts = running;
        if (parts != null) {
            event.accept(parts.node());
        }
    }

    @Override
    public void propose(long zxid, byte[] record) {
        changes.proposes(zxid, record);
        onNode(node -> node.propose(zxid, record));
    }

    @Override
    public void logged(long zxid) {
        onNode(node -> node.appended(zxid));
    }

    @Override
    public void forward(ForwardedRequest request) {
        onNode(node -> node.forward(new QuorumMessage.Request(
                request.sessionId(), request.cxid(), request.opCode(), request.body(), request.ids())));
    }

    @Override
    public void sync() {
        onNode(ZabNode::sync);
    }

    @Override
    public void syncFor(long learner) {
        onNode(node -> node.syncFor(learner));
    }

    @Override
    public void revalidate(long sessionId, int timeoutMillis) {
        onNode(node -> node.revalidate(sessionId, timeoutMillis));
    }

    @Override
    public void revalidated(long learner, long sessionId, boolean valid) {
        onNode(node -> node.revalidated(learner, sessionId, valid));
    }

    @Override
    public void touched(long sessionId, int timeoutMillis) {
        onNode(node -> node.touched(sessionId, timeoutMillis));
    }

    @Override
    public MembershipAnswer changeMembers(MembershipRequest request, long zxid) {
        return changes.answer(request, zxid);
    }

    @Override
    public void facts(Consumer<EnsembleFacts> taker) {
        onNode(node -> {
            LearnerCounts counts = node.learnerCounts();
            taker.accept(new EnsembleFacts(
                    node.membership().voters().size(),
                    node.leader(),
                    counts.learners(),
                    counts.syncedVoters() + counts.syncedNonVoters(),
                    counts.syncedNonVoters(),
                    counts.syncedObservers(),
                    counts.pendingSyncs()));
        });
    }

    @Override
    public void stateReloaded() {
        loop.submit(() -> {
            Running parts = running;
            if (parts != null) {
                parts.bridge().stateReloaded();
            }
        });
    }

    @Override
    public void snapshotTaken() {
        loop.submit(() -> {
            Running parts = running;
            if (parts != null) {
                parts.transfer().snapshotTaken();
            }
        });
    }

    @Override
    public String mode() {
        Running parts = running;
        return parts == null ? "looking" : parts.carrier().mode();
    }

    /** Our own bug has ended the loop: nothing is promised any more. */
    private void bug(Throwable cause) {
        LOG.error("the consensus has stopped", cause);
        Running parts = running;
        if (parts != null) {
            parts.replica().stopped("the consensus has a bug: " + cause);
        }
    }

    /** Not to be called on a thread of the consensus, such as from within {@link EnsembleReplica#stopped}. */
    @Override
    public void close() {
        listeners.close();
        loop.stop();
        Thread thread = loopThread;
        if (thread != null) {
            join(thread);
        }
        elections.close();
        quorum.close();
        threads.join();
    }

    private static void join(Thread thread) {
        boolean interrupted = false;
        while (thread.isAlive()) {
            try {
                thread.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** The rounds of the loop, for the node. */
    private final class NodeRounds implements EventLoop.Driven {
        private final ZabNode node;

        NodeRounds(Running parts) {
            node = parts.node();
        }

        @Override
        public void beginRound(long nowMillis) {
            node.tick(nowMillis);
        }

        @Override
        public void endRound() {
            places.update(node);
            quorum.endRound();
        }

        @Override
        public long nextDeadlineMillis() {
            return Math.min(node.nextDeadlineMillis(), quorum.nextDeadlineMillis());
        }
    }

    /** What election links report, for the node. */
    private final class ElectionEvents implements ElectionLinks.Events {
        @Override
        public void up(long serverId) {
            toNode(node -> node.electionLinkUp(serverId));
        }

        @Override
        public void down(long serverId) {
            toNode(node -> node.electionLinkDown(serverId));
        }

        @Override
        public void vote(long serverId, ElectionNotification vote) {
            comparison.compare(serverId, vote.config());
            toNode(node -> node.voteReceived(serverId, vote));
        }
    }

    /** What quorum links report, for the node. */
    private final class QuorumEvents implements QuorumLinks.Events {
        @Override
        public void learnerUp(long link) {
            toNode(node -> node.learnerLinkUp(link));
        }

        @Override
        public void leaderUp(long link) {
            toNode(node -> node.leaderLinkUp(link));
        }

        @Override
        public void down(long link) {
            toNode(node -> node.linkDown(link));
        }

        @Override
        public void received(long link, QuorumMessage message) {
            toNode(node -> node.received(link, message));
        }
    }
}
