package io.zookit.consensus.zab;

import io.zookit.spi.PeerSockets;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.UnknownHostException;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What is done with sockets in more than one place. */
final class Sockets {
    private static final Logger LOG = LoggerFactory.getLogger(Sockets.class);

    private Sockets() {}

    /** Closes; nobody is left whom a failure could interest. */
    static void close(Closeable socket) {
        try {
            socket.close();
        } catch (IOException e) {
            LOG.debug("closing a socket failed", e);
        }
    }

    /** A host and a port, not resolved. */
    record Target(String host, int port) {
        /** Resolves the name, now. */
        InetSocketAddress resolve() throws UnknownHostException {
            return new InetSocketAddress(InetAddress.getByName(host), port);
        }

        // Written out because it is needed at the start, where what a record brings along is slow (decision 0082).
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Target that && port == that.port && host.equals(that.host);
        }

        @Override
        public int hashCode() {
            return 31 * host.hashCode() + port;
        }

        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    /**
     * Dials addresses one after the other, each name resolved anew.
     *
     * @param targets the preferred one first
     * @throws IOException what the last one failed with, or that there is none
     */
    static Socket dial(PeerSockets sockets, List<Target> targets, int timeoutMillis) throws IOException {
        IOException failure = new IOException("no address is known");
        for (Target target : targets) {
            try {
                return sockets.dial(target.resolve(), timeoutMillis);
            } catch (IOException e) {
                failure = e;
            }
        }
        throw failure;
    }
}
