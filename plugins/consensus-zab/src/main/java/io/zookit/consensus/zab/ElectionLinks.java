package io.zookit.consensus.zab;

import io.zookit.consensus.zab.Sockets.Target;
import io.zookit.spi.PeerSockets;
import io.zookit.wire.ElectionGreeting;
import io.zookit.wire.ElectionNotification;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;
import io.zookit.wire.WireFormatException;
import io.zookit.zab.Member;
import java.io.IOException;
import java.net.Socket;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The links between election ports: one for each other server, and of a pair always the one that the greater id has dialed (election
 * protocol). Anyone may dial; who learns that the other is smaller hangs up and dials back.
 *
 * <p>Owned by the loop; greetings are exchanged on threads of their own.
 */
final class ElectionLinks {
    private static final Logger LOG = LoggerFactory.getLogger(ElectionLinks.class);

    /** Links whose dialer has not yet said who it is. */
    private static final int STRANGERS_MAX = 64;

    /** What the links report; called on the loop. */
    interface Events {
        void up(long serverId);

        void down(long serverId);

        void vote(long serverId, ElectionNotification vote);
    }

    private final EnsembleSettings settings;
    private final MemberPlaces places;
    private final PeerSockets sockets;
    private final PeerThreads threads;
    private final EventLoop loop;
    private final Events events;
    private final Map<Long, ElectionLink> links = new HashMap<>();
    private final Set<Long> dialing = new HashSet<>();

    /** Sockets before it is known whose they are; closed from outside at the end. */
    private final Set<Socket> strangers = ConcurrentHashMap.newKeySet();

    /** Servers whose host name could not be resolved at the last attempt. */
    private final Set<Long> unresolved = ConcurrentHashMap.newKeySet();

    private long anonymousIds = -1;
    private volatile boolean closed;

    ElectionLinks(
            EnsembleSettings settings,
            MemberPlaces places,
            PeerSockets sockets,
            PeerThreads threads,
            EventLoop loop,
            Events events) {
        this.settings = settings;
        this.places = places;
        this.sockets = sockets;
        this.threads = threads;
        this.loop = loop;
        this.events = events;
    }

    /** A member is elsewhere now: what is linked with the old place is given up. */
    void moved(long serverId) {
        drop(serverId);
    }

    private void drop(long serverId) {
        ElectionLink older = links.remove(serverId);
        if (older != null) {
            older.close();
            events.down(serverId);
        }
    }

    /** Sends a vote, if there is a link. */
    void send(long serverId, ElectionNotification vote) {
        ElectionLink link = links.get(serverId);
        if (link != null) {
            link.send(vote);
        }
    }

    /** Sees to a link. */
    void connect(long serverId) {
        List<Target> targets = places.election(serverId);
        if (!targets.isEmpty() && !links.containsKey(serverId)) {
            dial(serverId, targets);
        }
    }

    private void dial(long serverId, List<Target> targets) {
        if (!closed && dialing.add(serverId)) {
            threads.start("election-dial-" + serverId, () -> {
                try {
                    dialAndGreet(serverId, targets);
                } finally {
                    loop.submit(() -> dialing.remove(serverId));
                }
            });
        }
    }

    // ---- on threads of the greetings

    private void dialAndGreet(long serverId, List<Target> targets) {
        Socket socket;
        try {
            socket = Sockets.dial(sockets, targets, settings.connectTimeoutMillis());
        } catch (UnknownHostException e) {
            if (unresolved.add(serverId)) {
                LOG.warn(
                        "the host name of server {} cannot be resolved: {}. It is looked up again with each attempt; correct the line"
                                + " server.{}, or the name service",
                        serverId,
                        e.getMessage(),
                        serverId);
            }
            return;
        } catch (IOException e) {
            LOG.debug("server {} cannot be reached for elections: {}", serverId, e.getMessage());
            return;
        }
        unresolved.remove(serverId);
        strangers.add(socket);
        try {
            // In one piece: there are servers that read the addresses with a single call.
            socket.getOutputStream().write(greeting());
            if (serverId < settings.serverId()) {
                socket.setSoTimeout(0);
                established(serverId, socket, new ByteIntake(socket.getInputStream()));
                return;
            }
        } catch (IOException e) {
            LOG.debug("server {} was not greeted: {}", serverId, e.getMessage());
        }
        // The greater one dials back.
        strangers.remove(socket);
        Sockets.close(socket);
    }

    private byte[] greeting() {
        List<String> addresses = new ArrayList<>();
        Member self = places.self();
        if (self != null) {
            for (Member.Address address : self.addresses()) {
                String host = address.host().indexOf(':') >= 0 ? "[" + address.host() + "]" : address.host();
                addresses.add(host + ":" + address.electionPort());
            }
        }
        long version = addresses.size() > 1 ? ElectionGreeting.ADDRESSES : ElectionGreeting.ONE_ADDRESS;
        JuteWriter writer = new JuteWriter(128);
        new ElectionGreeting(version, settings.serverId(), addresses).write(writer);
        return writer.toByteArray();
    }

    /** Somebody has dialed. Called on the listener's thread. */
    void accepted(Socket socket) {
        if (closed || strangers.size() >= STRANGERS_MAX) {
            Sockets.close(socket);
            return;
        }
        strangers.add(socket);
        threads.start("election-greeting", () -> listen(socket));
    }

    private void listen(Socket socket) {
        try {
            if (closed) {
                throw new IOException("this server is stopping");
            }
            socket.setSoTimeout(settings.silenceMillis());
            ByteIntake intake = new ByteIntake(socket.getInputStream());
            ElectionGreeting greeting = read(intake);
            socket.setSoTimeout(0);
            loop.submit(() -> greeted(greeting, socket, intake));
            return;
        } catch (WireFormatException e) {
            LOG.warn("{} dialed the election port: {}", socket.getRemoteSocketAddress(), e.getMessage());
        } catch (IOException e) {
            LOG.debug("{} dialed the election port: {}", socket.getRemoteSocketAddress(), e.getMessage());
        }
        strangers.remove(socket);
        Sockets.close(socket);
    }

    private static ElectionGreeting read(ByteIntake intake) throws IOException {
        while (true) {
            ByteBuffer bytes = intake.unread().duplicate();
            ElectionGreeting greeting = ElectionGreeting.read(new JuteReader(bytes));
            if (greeting != null) {
                intake.unread().position(bytes.position());
                return greeting;
            }
            intake.more();
        }
    }

    // ---- on the loop

    private void greeted(ElectionGreeting greeting, Socket socket, ByteIntake intake) {
        long serverId = greeting.serverId();
        if (serverId == Long.MAX_VALUE) {
            established(anonymousIds--, socket, intake);
        } else if (serverId > settings.serverId()) {
            established(serverId, socket, intake);
        } else {
            strangers.remove(socket);
            Sockets.close(socket);
            if (serverId == settings.serverId()) {
                LOG.warn(
                        "{} dialed the election port and says that it is server {}, which is this server. Give each server an id of"
                                + " its own (myid)",
                        socket.getRemoteSocketAddress(),
                        serverId);
            } else {
                dialBack(serverId, greeting);
            }
        }
    }

    /** Our own configuration says where a member is; only of a stranger the claim is taken. */
    private void dialBack(long serverId, ElectionGreeting greeting) {
        drop(serverId);
        List<Target> known = places.election(serverId);
        dial(serverId, known.isEmpty() ? claimed(greeting) : known);
    }

    private static List<Target> claimed(ElectionGreeting greeting) {
        List<Target> targets = new ArrayList<>();
        for (String address : greeting.addresses()) {
            int colon = address.lastIndexOf(':');
            String host =
                    address.substring(0, Math.max(colon, 0)).replace("[", "").replace("]", "");
            boolean wildcard = host.isEmpty() || host.equals("0.0.0.0") || host.matches("[0:]+");
            if (!wildcard && address.substring(colon + 1).matches("[0-9]{1,5}")) {
                int port = Integer.parseInt(address.substring(colon + 1));
                if (port > 0 && port <= 65_535) {
                    targets.add(new Target(host, port));
                }
            }
        }
        return targets;
    }

    /** Any thread. */
    private void established(long serverId, Socket socket, ByteIntake intake) {
        ElectionLink link = new ElectionLink(serverId, socket, intake);
        loop.submit(() -> {
            strangers.remove(socket);
            if (closed) {
                link.close();
                return;
            }
            ElectionLink older = links.put(serverId, link);
            if (older != null) {
                older.close();
            }
            threads.start("election-write-" + serverId, link::write);
            threads.start("election-read-" + serverId, () -> {
                link.read(vote -> loop.submit(() -> arrived(link, vote)));
                loop.submit(() -> ended(link));
            });
            events.up(serverId);
        });
    }

    private void arrived(ElectionLink link, ElectionNotification vote) {
        link.handled();
        if (links.get(link.serverId()) == link) {
            events.vote(link.serverId(), vote);
        }
    }

    private void ended(ElectionLink link) {
        if (links.remove(link.serverId(), link)) {
            events.down(link.serverId());
        }
    }

    /** Closes every link. The loop has ended. */
    void close() {
        closed = true;
        strangers.forEach(Sockets::close);
        links.values().forEach(ElectionLink::close);
    }
}
