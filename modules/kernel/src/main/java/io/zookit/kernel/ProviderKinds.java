package io.zookit.kernel;

import io.zookit.spi.PluginKind;
import io.zookit.spi.PluginProvider;
import io.zookit.spi.auth.AuthSchemeProvider;
import io.zookit.spi.auth.IdentityGrantProvider;
import io.zookit.spi.consensus.ConsensusProvider;
import io.zookit.spi.session.SessionExpiryProvider;
import io.zookit.spi.storage.StorageProvider;
import io.zookit.spi.transport.TransportProvider;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** The provider interfaces there are, and the kind each stands for: the one list of what can be plugged in. */
enum ProviderKinds {
    TRANSPORT(TransportProvider.class, PluginKind.TRANSPORT),
    CONSENSUS(ConsensusProvider.class, PluginKind.CONSENSUS),
    STORAGE(StorageProvider.class, PluginKind.STORAGE),
    SESSION(SessionExpiryProvider.class, PluginKind.SESSION),
    AUTH_SCHEME(AuthSchemeProvider.class, PluginKind.AUTH),
    IDENTITY_GRANT(IdentityGrantProvider.class, PluginKind.AUTH);

    private final Class<? extends PluginProvider<?>> service;
    private final PluginKind kind;

    ProviderKinds(Class<? extends PluginProvider<?>> service, PluginKind kind) {
        this.service = service;
        this.kind = kind;
    }

    Class<? extends PluginProvider<?>> service() {
        return service;
    }

    PluginKind kind() {
        return kind;
    }

    /** The one a service name in a descriptor means, if it is one of ours. */
    static Optional<ProviderKinds> ofService(String serviceName) {
        return Arrays.stream(values())
                .filter(each -> each.service.getName().equals(serviceName))
                .findFirst();
    }

    /** The one a provider implements. */
    static Optional<ProviderKinds> ofProvider(PluginProvider<?> provider) {
        return Arrays.stream(values())
                .filter(each -> each.service.isInstance(provider))
                .findFirst();
    }

    /** The kind whose word begins a name such as {@code storage-mapdb}, if one does. */
    static Optional<PluginKind> kindOf(String word) {
        return List.of(PluginKind.values()).stream()
                .filter(kind -> kind.word().equals(word.toLowerCase(Locale.ROOT)))
                .findFirst();
    }
}
