package io.zookit.consensus.zab;

import io.zookit.spi.PeerSockets;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Listens for other servers on one address, on a thread of its own. */
final class PortListener {
    private static final Logger LOG = LoggerFactory.getLogger(PortListener.class);
    private static final long RETRY_MILLIS = 1000;
    private static final long PAUSE_MILLIS = 100;

    private final String what;
    private final PeerSockets sockets;
    private final Supplier<InetSocketAddress> address;
    private final int triesMax;
    private final Consumer<Socket> accepted;
    private final Consumer<String> failed;
    private final CountDownLatch closed = new CountDownLatch(1);
    private volatile @Nullable ServerSocket server;

    /**
     * @param what the port, for people
     * @param address where to listen; asked again before each try, so that names are resolved anew
     * @param triesMax how often to try, 0 for without end
     * @param accepted gets each link; must not block for long
     * @param failed told when the address cannot be bound
     */
    PortListener(
            String what,
            PeerSockets sockets,
            Supplier<InetSocketAddress> address,
            int triesMax,
            Consumer<Socket> accepted,
            Consumer<String> failed) {
        this.what = what;
        this.sockets = sockets;
        this.address = address;
        this.triesMax = triesMax;
        this.accepted = accepted;
        this.failed = failed;
    }

    /** Binds and accepts until {@link #close}. */
    void run() {
        try {
            ServerSocket bound = bind();
            if (bound != null) {
                accept(bound);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private @Nullable ServerSocket bind() throws InterruptedException {
        for (int tries = 1; ; tries++) {
            InetSocketAddress wanted = resolved();
            if (wanted == null) {
                return null;
            }
            try {
                ServerSocket bound = sockets.listen(wanted);
                server = bound;
                if (isClosed()) {
                    bound.close();
                    return null;
                }
                announce(bound);
                return bound;
            } catch (IOException e) {
                if (tries == triesMax) {
                    failed.accept("the " + what + " port " + wanted + " cannot be opened: " + e.getMessage()
                            + ". Free it (is this server running already?), or correct this server's server line");
                    return null;
                }
                LOG.warn("the {} port {} cannot be opened yet: {}", what, wanted, e.getMessage());
            }
            if (closed.await(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
                return null;
            }
        }
    }

    /** A name service may come up later than this server: that is no reason to give up. */
    private @Nullable InetSocketAddress resolved() throws InterruptedException {
        for (boolean said = false; ; said = true) {
            InetSocketAddress wanted = address.get();
            if (!wanted.isUnresolved()) {
                return wanted;
            }
            if (!said) {
                LOG.warn(
                        "the host name {} of this server's own server line cannot be resolved, so the {} port is not open yet; it is looked"
                                + " up again every second",
                        wanted.getHostString(),
                        what);
            }
            if (closed.await(RETRY_MILLIS, TimeUnit.MILLISECONDS)) {
                return null;
            }
        }
    }

    private void announce(ServerSocket bound) {
        LOG.info("listening for other servers on {} ({} port)", bound.getLocalSocketAddress(), what);
        if (!bound.getInetAddress().isLoopbackAddress()) {
            LOG.warn(
                    "THE {} PORT {} IS OPEN TO THE NETWORK WITHOUT AUTHENTICATION OR ENCRYPTION: whoever reaches it can take part in"
                            + " this ensemble. Let a firewall admit the other servers only",
                    what.toUpperCase(Locale.ROOT),
                    bound.getLocalSocketAddress());
        }
    }

    private void accept(ServerSocket bound) throws InterruptedException {
        while (!isClosed()) {
            try {
                Socket socket = bound.accept();
                socket.setTcpNoDelay(true);
                accepted.accept(socket);
            } catch (IOException e) {
                if (!isClosed()) {
                    LOG.warn("the {} port did not accept a link: {}", what, e.getMessage());
                }
                closed.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS);
            }
        }
    }

    private boolean isClosed() {
        return closed.getCount() == 0;
    }

    /** Stops listening. Any thread. */
    void close() {
        closed.countDown();
        ServerSocket bound = server;
        if (bound != null) {
            Sockets.close(bound);
        }
    }
}
