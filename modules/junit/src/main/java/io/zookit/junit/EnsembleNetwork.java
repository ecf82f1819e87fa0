package io.zookit.junit;

import io.zookit.spi.PeerSockets;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The network between the members of an ensemble: their ports, the links between them, and who is cut off. A link is known where it
 * was dialed; that it is closed there is what the other end sees of a cut. Any thread.
 */
final class EnsembleNetwork implements AutoCloseable {
    private static final int BACKLOG = 50;
    private static final int STRANGER = 0;

    private final PeerSockets plain = PeerSockets.plain();
    /** Ports that were found free and are held for the members' first start, so that nobody takes them meanwhile. */
    private final Map<Integer, ServerSocket> held = new HashMap<>();

    private final Map<Integer, Integer> memberOfPort = new HashMap<>();
    private final Set<Integer> cutOff = new HashSet<>();
    private final List<Link> links = new ArrayList<>();

    /** Two members and what is between them. */
    private record Link(int one, int other, Socket socket) {
        boolean isOf(int member) {
            return one == member || other == member;
        }
    }

    /**
     * Finds a free port for a member.
     *
     * @param member whose it is
     */
    synchronized int port(int member) {
        try {
            ServerSocket socket = new ServerSocket();
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
            held.put(socket.getLocalPort(), socket);
            memberOfPort.put(socket.getLocalPort(), member);
            return socket.getLocalPort();
        } catch (IOException failure) {
            throw new UncheckedIOException("there is no free port for a member of a test ensemble", failure);
        }
    }

    /** Breaks all links of a member; none come about until it is joined again. */
    synchronized void cut(int member) {
        cutOff.add(member);
        links.removeIf(link -> {
            if (link.isOf(member)) {
                close(link.socket());
            }
            return link.isOf(member) || link.socket().isClosed();
        });
    }

    /** Lets a member link with the others again. */
    synchronized void join(int member) {
        cutOff.remove(member);
    }

    synchronized boolean isCut(int member) {
        return cutOff.contains(member);
    }

    /** How a member reaches others and is reached. */
    PeerSockets socketsOf(int member) {
        return new PeerSockets() {
            @Override
            public ServerSocket listen(InetSocketAddress address) throws IOException {
                ServerSocket ours = release(address.getPort());
                return ours == null ? plain.listen(address) : ours;
            }

            @Override
            public Socket dial(InetSocketAddress address, int timeoutMillis) throws IOException {
                int other = memberAt(address.getPort());
                refuse(member, other);
                Socket socket = plain.dial(address, timeoutMillis);
                try {
                    add(new Link(member, other, socket));
                } catch (IOException cutMeanwhile) {
                    close(socket);
                    throw cutMeanwhile;
                }
                return socket;
            }
        };
    }

    private synchronized @Nullable ServerSocket release(int port) {
        return held.remove(port);
    }

    /** Whose port it is. A server that a test has started by itself and reconfigured into the ensemble can be reached by all. */
    private synchronized int memberAt(int port) {
        return memberOfPort.getOrDefault(port, STRANGER);
    }

    private synchronized void refuse(int one, int other) throws IOException {
        if (cutOff.contains(one) || cutOff.contains(other)) {
            throw new ConnectException("the test has cut the link between members " + one + " and " + other);
        }
    }

    private synchronized void add(Link link) throws IOException {
        refuse(link.one(), link.other());
        links.removeIf(older -> older.socket().isClosed());
        links.add(link);
    }

    private static void close(Closeable socket) {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException("a socket between members of a test ensemble cannot be closed", failure);
        }
    }

    /** Lets go of the ports whose members were never started. */
    @Override
    public synchronized void close() {
        held.values().forEach(EnsembleNetwork::close);
        held.clear();
    }
}
