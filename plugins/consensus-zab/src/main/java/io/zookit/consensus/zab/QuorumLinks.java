package io.zookit.consensus.zab;

import io.zookit.consensus.zab.Sockets.Target;
import io.zookit.spi.PeerSockets;
import io.zookit.spi.ServerClock;
import io.zookit.wire.QuorumMessage;
import java.io.IOException;
import java.net.Socket;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The links between quorum ports: those of learners that have dialed, and the one to a leader. Owned by the loop. */
final class QuorumLinks {
    private static final Logger LOG = LoggerFactory.getLogger(QuorumLinks.class);

    /** The most learners' links at a time, those among them that have not yet said who they are. */
    private static final int LINKS_MAX = 256;

    /** How long a link that is to end may take to write what was sent, and its peer to hang up. */
    private static final long ENDING_MILLIS = 1000;

    /** What the links report; called on the loop. */
    interface Events {
        void learnerUp(long link);

        void leaderUp(long link);

        void down(long link);

        void received(long link, QuorumMessage message);
    }

    private final EnsembleSettings settings;
    private final MemberPlaces places;
    private final PeerSockets sockets;
    private final PeerThreads threads;
    private final EventLoop loop;
    private final Events events;
    private final ServerClock clock;
    private final Map<Long, QuorumLink> links = new HashMap<>();
    private final Set<Long> dialing = new HashSet<>();

    /** Links that end, and when they are cut. */
    private final Map<QuorumLink, Long> ending = new HashMap<>();

    /** Sockets on their way to the loop; closed from outside at the end. */
    private final Set<Socket> arriving = ConcurrentHashMap.newKeySet();

    private long lastLearner;
    private volatile boolean closed;

    QuorumLinks(
            EnsembleSettings settings,
            MemberPlaces places,
            PeerSockets sockets,
            PeerThreads threads,
            EventLoop loop,
            ServerClock clock,
            Events events) {
        this.settings = settings;
        this.places = places;
        this.sockets = sockets;
        this.threads = threads;
        this.loop = loop;
        this.clock = clock;
        this.events = events;
    }

    @Nullable
    QuorumLink get(long name) {
        return links.get(name);
    }

    /** Sends a packet, if the link is there. */
    void send(long name, QuorumMessage message) {
        QuorumLink link = links.get(name);
        if (link != null) {
            link.send(message);
        }
    }

    /** Dials the quorum port of a server; the link, or that there is none, is reported. */
    void connect(long name, long serverId) {
        List<Target> targets = places.quorum(serverId);
        dialing.add(name);
        threads.start("leader-dial", () -> dial(name, serverId, targets));
    }

    private void dial(long name, long serverId, List<Target> targets) {
        try {
            Socket socket = Sockets.dial(sockets, targets, settings.connectTimeoutMillis());
            arrive(socket, () -> dialed(name, socket));
        } catch (IOException e) {
            LOG.debug("server {} cannot be reached as leader: {}", serverId, e.getMessage());
            loop.submit(() -> {
                if (dialing.remove(name)) {
                    events.down(name);
                }
            });
        }
    }

    /** Any thread. */
    private void arrive(Socket socket, Runnable event) {
        arriving.add(socket);
        if (closed) {
            Sockets.close(socket);
        }
        loop.submit(() -> {
            arriving.remove(socket);
            event.run();
        });
    }

    private void dialed(long name, Socket socket) {
        if (!dialing.remove(name)) {
            Sockets.close(socket);
        } else if (begin(name, socket)) {
            events.leaderUp(name);
        } else {
            events.down(name);
        }
    }

    /** Somebody has dialed. Called on the listener's thread. */
    void accepted(Socket socket) {
        arrive(socket, () -> {
            long name = lastLearner + 1;
            if (links.size() >= LINKS_MAX) {
                LOG.warn("refusing the quorum link of {}: {} are open", socket.getRemoteSocketAddress(), links.size());
                Sockets.close(socket);
            } else if (begin(name, socket)) {
                lastLearner = name;
                events.learnerUp(name);
            }
        });
    }

    private boolean begin(long name, Socket socket) {
        try {
            if (closed) {
                throw new IOException("this server is stopping");
            }
            QuorumLink link = new QuorumLink(name, socket);
            links.put(name, link);
            threads.start("quorum-write", link::write);
            threads.start("quorum-read", () -> {
                link.read(message -> loop.submit(() -> arrived(link, message)));
                loop.submit(() -> ended(link));
            });
            return true;
        } catch (IOException e) {
            LOG.debug("a quorum link has ended at once: {}", e.getMessage());
            Sockets.close(socket);
            return false;
        }
    }

    private void arrived(QuorumLink link, QuorumMessage message) {
        link.handled();
        events.received(link.name(), message);
    }

    private void ended(QuorumLink link) {
        if (links.remove(link.name(), link)) {
            events.down(link.name());
        }
    }

    /**
     * Closes a link, or gives up dialing it; nothing is reported. A learner still gets what was sent to it: it may be the commit that
     * ends this server's time as leader.
     */
    void close(long name, String reason) {
        dialing.remove(name);
        QuorumLink link = links.remove(name);
        if (link != null) {
            LOG.info("closing the quorum link with {}: {}", link.peer(), reason);
            if (name > 0) {
                link.finish();
                ending.put(link, clock.monotonicMillis() + ENDING_MILLIS);
            } else {
                link.close();
            }
        }
    }

    /** Everything of a round was sent. */
    void endRound() {
        links.values().forEach(QuorumLink::endRound);
        if (!ending.isEmpty()) {
            long now = clock.monotonicMillis();
            ending.entrySet().removeIf(link -> {
                if (now >= link.getValue()) {
                    link.getKey().close();
                }
                return link.getKey().isClosed();
            });
        }
    }

    /** When a round is needed for links alone. */
    long nextDeadlineMillis() {
        long next = Long.MAX_VALUE;
        for (long deadline : ending.values()) {
            next = Math.min(next, deadline);
        }
        return next;
    }

    /** Closes every link. The loop has ended. */
    void close() {
        closed = true;
        arriving.forEach(Sockets::close);
        links.values().forEach(QuorumLink::close);
        ending.keySet().forEach(QuorumLink::close);
    }
}
