package io.zookit.junit;

import io.zookit.config.Config;
import io.zookit.server.ZookitServer;
import io.zookit.spi.consensus.Role;
import java.util.Map;
import java.util.Optional;

/** One server with its data and its address, which it keeps over restarts. Any thread. */
final class TestServer implements Servers {
    private static final String CLIENT_PORT = "clientPort";

    private final Map<String, String> settings;
    private final TestPlugins plugins;
    private final TemporaryDirectory directory;
    private volatile Optional<ZookitServer> running = Optional.empty();
    private volatile int port;

    /**
     * @param settings keys and values of {@code zoo.cfg}
     * @param plugins its parts, and how a test reaches them
     * @param directory for its data; deleted at the end
     */
    TestServer(Map<String, String> settings, TestPlugins plugins, TemporaryDirectory directory) {
        this.settings = Map.copyOf(settings);
        this.plugins = plugins;
        this.directory = directory;
    }

    /**
     * The parts of the server while it runs.
     *
     * @throws IllegalStateException when it does not
     */
    TestPlugins plugins() {
        if (!isRunning()) {
            throw new IllegalStateException("the server is stopped. Call start() first.");
        }
        return plugins;
    }

    boolean isRunning() {
        return running.isPresent();
    }

    /** What it is to its clients; looking while it is stopped. */
    Role role() {
        return running.map(ZookitServer::role).orElse(Role.LOOKING);
    }

    /**
     * Starts it, at any free port for the first time and at the same one from then on, so that clients find it again. Nothing happens
     * when it is running.
     */
    @Override
    public synchronized void start() {
        if (isRunning()) {
            return;
        }
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
    synchronized void stop() {
        Optional<ZookitServer> last = running;
        running = Optional.empty();
        last.ifPresent(ZookitServer::close);
    }

    /** Where clients find it, also while it is stopped. */
    String connectString() {
        return "127.0.0.1:" + port;
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
