package io.zookit.consensus.zab;

import io.zookit.consensus.zab.Sockets.Target;
import io.zookit.spi.PeerSockets;
import io.zookit.zab.Member;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ports on which this server listens for others: opened at the start, and others when a reconfiguration moves it. Any thread. */
final class PortListeners {
    private static final Logger LOG = LoggerFactory.getLogger(PortListeners.class);

    /** A port of one use at one place. */
    private record Place(String what, Target target) {
        // Written out for the reason of Target.
        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Place that && what.equals(that.what) && target.equals(that.target);
        }

        @Override
        public int hashCode() {
            return 31 * what.hashCode() + target.hashCode();
        }
    }

    private final EnsembleSettings settings;
    private final MemberPlaces places;
    private final PeerSockets sockets;
    private final PeerThreads threads;
    private final Map<Place, PortListener> open = new LinkedHashMap<>();
    private boolean closed;

    PortListeners(EnsembleSettings settings, MemberPlaces places, PeerSockets sockets, PeerThreads threads) {
        this.settings = settings;
        this.places = places;
        this.sockets = sockets;
        this.threads = threads;
    }

    /**
     * Listens wherever this server is.
     *
     * @param what the port, for people
     * @param port which one
     * @param accepted gets each link
     * @param failed told when a port cannot be opened
     */
    synchronized void listen(
            String what, ToIntFunction<Member.Address> port, Consumer<Socket> accepted, Consumer<String> failed) {
        Set<Target> wanted = places.listening(port);
        open.entrySet().removeIf(each -> {
            boolean elsewhere = each.getKey().what().equals(what)
                    && !wanted.contains(each.getKey().target());
            if (elsewhere) {
                LOG.info(
                        "the {} port {} is closed: this server is elsewhere now",
                        what,
                        each.getKey().target());
                each.getValue().close();
            }
            return elsewhere;
        });
        for (Target target : wanted) {
            Place place = new Place(what, target);
            if (!closed && !open.containsKey(place)) {
                PortListener listener = new PortListener(
                        what,
                        sockets,
                        () -> target.host().isEmpty()
                                ? new InetSocketAddress(target.port())
                                : new InetSocketAddress(target.host(), target.port()),
                        settings.bindTriesMax(),
                        accepted,
                        failed);
                open.put(place, listener);
                threads.start(what + "-listener", listener::run);
            }
        }
    }

    synchronized void close() {
        closed = true;
        open.values().forEach(PortListener::close);
    }
}
