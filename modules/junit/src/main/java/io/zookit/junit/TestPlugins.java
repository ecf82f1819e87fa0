package io.zookit.junit;

import io.zookit.kernel.PluginSource;
import io.zookit.spi.PeerSockets;
import io.zookit.spi.PluginContext;
import io.zookit.spi.PluginProvider;
import io.zookit.spi.Setting;
import io.zookit.spi.auth.AuthSchemeProvider;
import io.zookit.spi.auth.IdentityGrantProvider;
import io.zookit.spi.consensus.Consensus;
import io.zookit.spi.consensus.ConsensusProvider;
import io.zookit.spi.session.SessionExpiry;
import io.zookit.spi.session.SessionExpiryProvider;
import io.zookit.spi.storage.StorageProvider;
import io.zookit.spi.transport.Transport;
import io.zookit.spi.transport.TransportProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;

/**
 * The plugins of one test server, kept over its restarts, since a storage in memory keeps its contents in its provider. Whatever
 * transport, session expiry and consensus are chosen are wrapped under their own ids, so that a test can reach them.
 */
final class TestPlugins {
    private final List<PluginProvider<?>> providers = new ArrayList<>();
    private final PeerSockets peerSockets;
    private volatile Optional<CutTransport> transport = Optional.empty();
    private volatile Optional<EarlyExpiry> expiry = Optional.empty();

    /**
     * Finds the plugins.
     *
     * @param own plugins a test brings; one of these takes the place of a service of the same kind and id
     * @param loader whose services the others are
     */
    TestPlugins(List<PluginProvider<?>> own, ClassLoader loader) {
        this(own, loader, PeerSockets.plain());
    }

    /**
     * Finds the plugins.
     *
     * @param own plugins a test brings; one of these takes the place of a service of the same kind and id
     * @param loader whose services the others are
     * @param peerSockets for the links to other servers
     */
    TestPlugins(List<PluginProvider<?>> own, ClassLoader loader, PeerSockets peerSockets) {
        this.peerSockets = peerSockets;
        own.forEach(this::add);
        addAll(ServiceLoader.load(TransportProvider.class, loader));
        addAll(ServiceLoader.load(ConsensusProvider.class, loader));
        addAll(ServiceLoader.load(StorageProvider.class, loader));
        addAll(ServiceLoader.load(SessionExpiryProvider.class, loader));
        addAll(ServiceLoader.load(AuthSchemeProvider.class, loader));
        addAll(ServiceLoader.load(IdentityGrantProvider.class, loader));
    }

    private void addAll(ServiceLoader<? extends PluginProvider<?>> services) {
        List<PluginProvider<?>> before = List.copyOf(providers);
        for (PluginProvider<?> service : services) {
            if (before.stream()
                    .noneMatch(own -> own.kind() == service.kind() && own.id().equals(service.id()))) {
                add(service);
            }
        }
    }

    private void add(PluginProvider<?> provider) {
        if (provider instanceof TransportProvider transports) {
            providers.add(new Transports(transports));
        } else if (provider instanceof SessionExpiryProvider expiries) {
            providers.add(new Expiries(expiries));
        } else if (provider instanceof ConsensusProvider consensuses) {
            providers.add(new Consensuses(consensuses));
        } else {
            providers.add(provider);
        }
    }

    /** For the start of a server. */
    PluginSource source() {
        return PluginSource.instances(providers.toArray(new PluginProvider<?>[0]));
    }

    /** The transport of the server that was started last. */
    CutTransport transport() {
        return transport.orElseThrow(() -> new IllegalStateException("no server has been started"));
    }

    /** The session expiry of the server that was started last. */
    EarlyExpiry expiry() {
        return expiry.orElseThrow(() -> new IllegalStateException("no server has been started"));
    }

    /** What a wrapped plugin says of itself is what it says. */
    private abstract static class Wrapped<T> implements PluginProvider<T> {
        final PluginProvider<T> provider;

        Wrapped(PluginProvider<T> provider) {
            this.provider = provider;
        }

        @Override
        public String id() {
            return provider.id();
        }

        @Override
        public List<Setting> settings() {
            return provider.settings();
        }
    }

    private final class Transports extends Wrapped<Transport> implements TransportProvider {
        Transports(TransportProvider provider) {
            super(provider);
        }

        @Override
        public Transport create(PluginContext context) {
            CutTransport made = new CutTransport(provider.create(context));
            transport = Optional.of(made);
            return made;
        }
    }

    private final class Consensuses extends Wrapped<Consensus> implements ConsensusProvider {
        Consensuses(ConsensusProvider provider) {
            super(provider);
        }

        @Override
        public Consensus create(PluginContext context) {
            return provider.create(new NetworkedContext(context, peerSockets));
        }
    }

    private final class Expiries extends Wrapped<SessionExpiry> implements SessionExpiryProvider {
        Expiries(SessionExpiryProvider provider) {
            super(provider);
        }

        @Override
        public SessionExpiry create(PluginContext context) {
            EarlyExpiry made = new EarlyExpiry(provider.create(context), context.clock());
            expiry = Optional.of(made);
            return made;
        }
    }
}
