package io.zookit.pipeline;

import io.zookit.model.Id;
import io.zookit.pipeline.operation.Limit;
import io.zookit.pipeline.operation.LimitListener;
import io.zookit.spi.ServerClock;
import io.zookit.spi.auth.AuthScheme;
import io.zookit.spi.auth.IdentityGrant;
import io.zookit.spi.transport.ByteReceiver;
import io.zookit.spi.transport.Connection;
import io.zookit.spi.transport.ConnectionHandler;
import io.zookit.spi.transport.PeerFacts;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * ACCEPT: takes connections in, within the limits, and tells of those that are gone. Runs on transport threads.
 */
final class AcceptStage implements ConnectionHandler {
    private final DecodeStage decode;
    private final ReplyStage replies;
    private final Turns turns;
    private final List<AuthScheme> schemes;
    private final List<IdentityGrant> grants;
    private final ServerClock clock;
    private final PipelineOptions options;
    private final LimitListener limits;

    private final ConcurrentHashMap<InetAddress, Integer> perAddress = new ConcurrentHashMap<>();
    private final AtomicInteger total = new AtomicInteger();
    private final Set<ClientConnection> connections = ConcurrentHashMap.newKeySet();
    private final Queue<ClientConnection> accepted = new ConcurrentLinkedQueue<>();
    private final Queue<ClientConnection> gone = new ConcurrentLinkedQueue<>();
    /** Of the connection before: clients often come several from a host, and then share what they are. */
    private volatile List<Id> lastIdentities = List.of();

    AcceptStage(
            DecodeStage decode,
            ReplyStage replies,
            Turns turns,
            List<AuthScheme> schemes,
            List<IdentityGrant> grants,
            ServerClock clock,
            PipelineOptions options,
            LimitListener limits) {
        this.decode = decode;
        this.replies = replies;
        this.turns = turns;
        this.schemes = List.copyOf(schemes);
        this.grants = List.copyOf(grants);
        this.clock = clock;
        this.options = options;
        this.limits = limits;
    }

    /** Connections taken in and not seen by the owner of the state yet. */
    Queue<ClientConnection> accepted() {
        return accepted;
    }

    /** Connections that are gone and not seen as such by the owner of the state yet. */
    Queue<ClientConnection> gone() {
        return gone;
    }

    /** All connections; may be walked while some come and go. */
    Set<ClientConnection> connections() {
        return connections;
    }

    /** Connections right now. */
    int count() {
        return total.get();
    }

    @Override
    public ByteReceiver opened(Connection connection) {
        InetAddress address = connection.peer().remoteAddress().getAddress();
        Limit excess = admit(address);
        if (excess != null) {
            limits.bit(
                    excess,
                    () -> connection.peer().remoteAddress() + " refused: as many connections "
                            + (excess == Limit.CONNECTIONS ? "" : "from this address ") + "as there may be");
            connection.close();
            return Refused.INSTANCE;
        }
        ClientConnection client = new ClientConnection(
                connection, replies, initialIdentities(connection.peer()), clock.monotonicMillis());
        connections.add(client);
        accepted.add(client);
        return new Receiver(client, address);
    }

    @Override
    public void batchEnded() {
        turns.take();
    }

    /** Counts a connection in; the limit that forbids it, {@code null} for none. */
    private @Nullable Limit admit(InetAddress address) {
        int perAddressMax = options.connectionsPerAddressMax();
        int now = perAddress.merge(address, 1, Integer::sum);
        Limit excess = null;
        if (perAddressMax > 0 && now > perAddressMax) {
            excess = Limit.CONNECTIONS_PER_ADDRESS;
        } else if (total.incrementAndGet() > options.connectionsMax() && options.connectionsMax() > 0) {
            total.decrementAndGet();
            excess = Limit.CONNECTIONS;
        }
        if (excess != null) {
            leave(address);
        }
        return excess;
    }

    private void leave(InetAddress address) {
        perAddress.computeIfPresent(address, (unused, count) -> count == 1 ? null : count - 1);
    }

    private List<Id> initialIdentities(PeerFacts peer) {
        List<Id> identities = new ArrayList<>(1);
        for (AuthScheme scheme : schemes) {
            for (String id : scheme.initialIdentities(peer)) {
                identities.add(new Id(scheme.scheme(), id));
            }
        }
        List<Id> known = List.copyOf(identities);
        for (IdentityGrant grant : grants) {
            identities.addAll(grant.grant(known));
        }
        List<Id> last = lastIdentities;
        if (identities.equals(last)) {
            return last;
        }
        List<Id> made = List.copyOf(identities);
        lastIdentities = made;
        return made;
    }

    /** The transport's end of a connection that was taken in. */
    private final class Receiver implements ByteReceiver {
        private final ClientConnection client;
        private final InetAddress address;

        Receiver(ClientConnection client, InetAddress address) {
            this.client = client;
            this.address = address;
        }

        @Override
        public boolean received(ByteBuffer bytes) {
            return decode.received(client, bytes);
        }

        @Override
        public void closed() {
            client.markClosed();
            connections.remove(client);
            leave(address);
            total.decrementAndGet();
            gone.add(client);
            turns.request();
        }
    }

    /** The transport's end of a connection that was not taken in. */
    private enum Refused implements ByteReceiver {
        INSTANCE;

        @Override
        public boolean received(ByteBuffer bytes) {
            return false;
        }

        @Override
        public void closed() {}
    }
}
