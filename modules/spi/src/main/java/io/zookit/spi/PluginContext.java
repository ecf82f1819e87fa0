package io.zookit.spi;

import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;

/** Everything impure a plugin may use. A plugin reads no other clock, random source, directory or setting. */
public interface PluginContext {
    /** The plugin's own settings. */
    Settings settings();

    /** The server's clock. */
    ServerClock clock();

    /** The server's random source; not for secrets. To be used by one thread at a time. */
    RandomGenerator random();

    /** A factory for the plugin's threads. They are daemons named {@code zookit-<server>-<role>}; the plugin ends and joins them. */
    ThreadFactory threads(String role);

    /** Where a consensus gets its sockets to other servers. The machine's own, unless somebody gave others. */
    default PeerSockets peerSockets() {
        return PeerSockets.plain();
    }

    /** Where snapshots and small values live ({@code dataDir}). Only storage plugins write there. */
    Path dataDirectory();

    /** Where the transaction log lives ({@code dataLogDir}, by default the same). Only storage plugins write there. */
    Path logDirectory();
}
