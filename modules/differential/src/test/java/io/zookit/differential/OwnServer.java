package io.zookit.differential;

import io.zookit.config.Config;
import io.zookit.kernel.PluginSource;
import io.zookit.server.ZookitServer;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Map;

/** This server, embedded, with everything in memory: where transactions are kept makes no difference to a reply. */
final class OwnServer implements AutoCloseable {
    private static final String A_DAY_MILLIS = "86400000";

    private final ZookitServer server;

    private OwnServer(ZookitServer server) {
        this.server = server;
    }

    static OwnServer start(Path directory, Map<String, String> settings) {
        Config.Builder config = Config.builder().dataDir(directory.resolve("zookit"));
        settings.forEach(config::set);
        config.set("plugin.storage", "memory");
        config.set("znode.container.checkIntervalMs", A_DAY_MILLIS);
        return new OwnServer(
                ZookitServer.start(config.build(), PluginSource.services(OwnServer.class.getClassLoader())));
    }

    InetSocketAddress address() {
        return server.clientAddress();
    }

    @Override
    public void close() {
        server.close();
    }
}
