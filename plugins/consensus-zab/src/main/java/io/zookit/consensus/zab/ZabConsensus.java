package io.zookit.consensus.zab;

import io.zookit.consensus.zab.Sockets.Target;
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
import io.zookit.zab.ZabNode;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The consensus of an ensemble: puts node, loop, links and storage together, and turns calls into events. */
final class ZabConsensus implements EnsembleConsensus {
    private static final Logger LOG = LoggerFactory.getLogger(ZabConsensus.class);

    private final PluginContext context;
    private final EnsembleSettings settings;
    private final PeerSockets sockets;
    private final PeerThreads threads;
    private final EventLoop loop;
    private final ElectionLinks elections;
    private final QuorumLinks quorum;
    private final List<PortListener> listeners = new ArrayList<>();
    private @Nullable Thread loopThread;
    private volatile @Nullable Running running;

    /** What exists from the start on. */
    private record Running(
            ZabNode node,
            EnsembleReplica replica,
            StorageBridge bridge,
            StateTransfer transfer,
            Carrier carrier,
            MemberChanges changes) {}

    ZabConsensus(PluginContext context, EnsembleSettings settings, PeerSockets sockets) {
        this.context = context;
        this.settings = settings;
        this.sockets = sockets;
        this.threads = new PeerThreads(context::threads);
        this.loop = new EventLoop(context.clock(), this::bug);
        this.elections = new ElectionLinks(settings, sockets, threads, loop, new ElectionEvents());
        this.quorum = new QuorumLinks(settings, sockets, threads, loop, new QuorumEvents());
    }

    @Override
    public void start(Replica server, long lastZxid) {
        if (!(server instanceof EnsembleReplica replica)) {
            throw new IllegalStateException(
                    "this server's pipeline runs alone and cannot be a member of an ensemble; choose plugin.consensus=single");
        }
        StoredHistory history = new StoredHistory(replica.storage());
        history.finishInstallation();
        StorageBridge bridge = new StorageBridge(replica, history, loop, this::toNode);
        StateTransfer transfer = new StateTransfer(replica, history, bridge, quorum, settings.transferMillis());
        Carrier carrier = new Carrier(replica, elections, quorum, bridge, transfer);
        ZabNode node = new ZabNode(
                settings.zab(),
                settings.membership(),
                history.read(),
                context.random().nextLong(),
                carrier);
        MemberChanges changes = new MemberChanges(settings, node.standing());
        Running parts = new Running(node, replica, bridge, transfer, carrier, changes);
        running = parts;
        loop.submit(() -> {
            carrier.begin(node, changes);
            node.start(context.clock().monotonicMillis());
        });
        loopThread = context.threads("consensus").newThread(() -> loop.run(new NodeRounds(parts)));
        loopThread.start();
        listen("election", Member.Address::electionPort, elections::accepted);
        listen("quorum", Member.Address::quorumPort, quorum::accepted);
    }

    private void listen(String what, ToIntFunction<Member.Address> port, Consumer<Socket> accepted) {
        Member self = settings.membership().member(settings.serverId());
        Set<Target> targets = new LinkedHashSet<>();
        if (self != null) {
            for (Member.Address address : self.addresses()) {
                String host = settings.listenOnAllAddresses() ? "" : address.host();
                targets.add(new Target(host, port.applyAsInt(address)));
            }
        }
        for (Target target : targets) {
            PortListener listener = new PortListener(
                    what,
                    sockets,
                    () -> target.host().isEmpty()
                            ? new InetSocketAddress(target.port())
                            : new InetSocketAddress(target.host(), target.port()),
                    settings.bindTriesMax(),
                    accepted,
                    reason -> onNode(node -> node.storageFailed(reason)));
            listeners.add(listener);
            threads.start(what + "-listener", listener::run);
        }
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
        Running parts = running;
        if (parts != null) {
            parts.changes().proposes(zxid, record);
        }
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
        Running parts = running;
        if (parts == null) {
            throw new IllegalStateException("the consensus has not begun, and leads nobody");
        }
        return parts.changes().answer(request, zxid);
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
        listeners.forEach(PortListener::close);
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
        private final MemberChanges changes;

        NodeRounds(Running parts) {
            node = parts.node();
            changes = parts.changes();
        }

        @Override
        public void beginRound(long nowMillis) {
            node.tick(nowMillis);
        }

        @Override
        public void endRound() {
            changes.standing(node);
            quorum.endRound();
        }

        @Override
        public long nextDeadlineMillis() {
            return node.nextDeadlineMillis();
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
