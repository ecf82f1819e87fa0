package io.zookit.junit;

import io.zookit.config.Config;
import io.zookit.server.ZookitServer;
import io.zookit.spi.PluginProvider;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** One server with its data and its address, which it keeps over restarts. Not thread-safe. */
final class StandaloneServer implements AutoCloseable {
    private static final String CLIENT_PORT = "clientPort";

    private final Map<String, String> settings;
    private final TestPlugins plugins;
    private final TemporaryDirectory directory;
    private Optional<ZookitServer> running = Optional.empty();
    private int port;

    /**
     * @param settings keys and values of {@code zoo.cfg}
     * @param own plugins the test brings
     * @param loader whose services the other plugins are
     */
    StandaloneServer(Map<String, String> settings, List<PluginProvider<?>> own, ClassLoader loader) {
        this.settings = Map.copyOf(settings);
        this.plugins = new TestPlugins(own, loader);
        this.directory = TemporaryDirectory.create();
    }

    TestPlugins plugins() {
        return plugins;
    }

    boolean isRunning() {
        return running.isPresent();
    }

    /** Starts it, at any free port for the first time and at the same one from then on, so that clients find it again. */
    void start() {
        Config.Builder config = Config.builder().dataDir(directory.path()).set("clientPortAddress", "127.0.0.1");
        settings.forEach(config::set);
        if (port != 0) {
            config.set(CLIENT_PORT, port);
        }
        ZookitServer started = ZookitServer.start(config.build(), plugins.source());
        running = Optional.of(started);
        port = started.clientAddress().getPort();
    }

    /** Stops it. What it knows stays. */
    void stop() {
        running.ifPresent(ZookitServer::close);
        running = Optional.empty();
    }

    /** Where clients find it, also while it is stopped. */
    int port() {
        return port;
    }

    @Override
    public void close() {
        try {
            stop();
        } finally {
            directory.close();
        }
    }
}
