package io.zookit.server;

import io.zookit.config.Config;
import io.zookit.kernel.PluginSource;
import java.net.InetSocketAddress;
import java.nio.file.Path;

/** A server for a test: standard plugins, loopback, any free port. */
final class TestServer implements AutoCloseable {
    private final ZookitServer server;

    private TestServer(ZookitServer server) {
        this.server = server;
    }

    /**
     * @param keysAndValues further lines of the configuration, key and value in turn
     */
    static TestServer start(Path directory, String... keysAndValues) {
        Config.Builder config = Config.builder()
                .dataDir(directory)
                .set("clientPortAddress", "127.0.0.1")
                .set("4lw.commands.whitelist", "*")
                .set("storage.mapdb.preAllocSize", "1024");
        for (int i = 0; i < keysAndValues.length; i += 2) {
            config.set(keysAndValues[i], keysAndValues[i + 1]);
        }
        return new TestServer(
                ZookitServer.start(config.build(), PluginSource.services(TestServer.class.getClassLoader())));
    }

    InetSocketAddress address() {
        return server.clientAddress();
    }

    String connectString() {
        return server.connectString();
    }

    @Override
    public void close() {
        server.close();
    }
}
