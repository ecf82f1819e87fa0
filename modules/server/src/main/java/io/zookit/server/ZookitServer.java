package io.zookit.server;

import io.zookit.config.Config;
import io.zookit.kernel.ClosingStack;
import io.zookit.kernel.NamedThreads;
import io.zookit.kernel.PluginSource;
import io.zookit.kernel.Plugins;
import io.zookit.kernel.StartException;
import io.zookit.kernel.Surroundings;
import io.zookit.pipeline.Pipeline;
import io.zookit.pipeline.PipelineParts;
import io.zookit.session.SessionIds;
import io.zookit.spi.consensus.Role;
import io.zookit.spi.storage.Storage;
import java.net.InetSocketAddress;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A running server. Several may run in one process; they share nothing.
 *
 * <pre>{@code
 * Config config = Config.builder().dataDir(directory).build();
 * try (ZookitServer server = ZookitServer.start(config, PluginSource.services(getClass().getClassLoader()))) {
 *     connectTo(server.clientAddress());
 * }
 * }</pre>
 *
 * <p>All methods may be called by any thread.
 */
public final class ZookitServer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ZookitServer.class);

    private final ClosingStack running = new ClosingStack();
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private final String name;
    private volatile Supplier<InetSocketAddress> clientAddress = () -> InetSocketAddress.createUnresolved("none", 0);

    private volatile Supplier<Role> role = () -> Role.LOOKING;

    private ZookitServer(String name) {
        this.name = name;
    }

    /**
     * Starts a server and waits until it accepts clients.
     *
     * @param config from a file ({@link Config#read}) or made by a program ({@link Config#builder}); without a client port any free
     *     one is taken
     * @param plugins where the plugins come from
     * @throws StartException when configuration or plugins are wrong; it names all reasons
     * @throws DataDirectoryException when a data directory cannot be used
     * @throws io.zookit.spi.storage.StorageException when the stored data cannot be opened or read
     * @throws io.zookit.spi.transport.TransportException when the client address cannot be bound
     */
    public static ZookitServer start(Config config, PluginSource plugins) {
        ZookitServer server = new ZookitServer(threadName(config));
        try {
            server.run(config, plugins);
            return server;
        } catch (RuntimeException | Error failure) {
            server.closeAfter(failure);
            throw failure;
        }
    }

    private static String threadName(Config config) {
        int port = config.clientPort().orElse(0);
        return port == 0 ? "server" : Integer.toString(port);
    }

    private void run(Config config, PluginSource source) {
        LOG.info(
                "Zookit {} (ZooKeeper protocol {}) on Java {}",
                ServerVersion.own(),
                ServerVersion.PROTOCOL,
                Runtime.version());
        Surroundings surroundings = Surroundings.ofMachine(name);
        Plugins plugins = Plugins.load(config, source, surroundings);
        RequiredSchemes.check(config, plugins.authSchemes());

        DataDirectories.prepare(config);
        Storage storage = plugins.storage();
        running.push(storage::close);
        storage.open();
        storage.repairs().forEach(repair -> LOG.warn("repaired: {}", repair));
        DataDirectories.refuseForeignData(config, storage);
        LOG.info("data in {}", storage.location());

        ServerIdentity identity = ServerIdentity.of(config);
        Pipeline pipeline = pipeline(config, identity, plugins, surroundings);
        role = pipeline::role;
        clientAddress = pipeline::clientAddress;
        LOG.info("recovered {}", pipeline.recoveryText());
        running.push(pipeline::close);
        running.push(plugins.transport()::close);
        pipeline.start(identity.clients(), config.clientPortListenBacklog());
        LOG.info("ready: {}, clients on {}", plugins.consensus().mode(), clientAddress());
    }

    private Pipeline pipeline(Config config, ServerIdentity identity, Plugins plugins, Surroundings surroundings) {
        PipelineParts parts = new PipelineParts(
                plugins.transport(),
                plugins.consensus(),
                plugins.storage(),
                plugins.sessionExpiry(),
                plugins.authSchemes(),
                plugins.grants(),
                surroundings.clock(),
                new SplittableRandom(surroundings.randomSeed()),
                role -> new NamedThreads(name, role),
                new SessionIds(identity.serverId(), surroundings.clock().wallMillis()),
                SessionSecret.passwords(config, plugins.storage().values()),
                this::fail);
        return new Pipeline(parts, PipelineSettings.of(config, machine(config, identity)));
    }

    private ServerMachine machine(Config config, ServerIdentity identity) {
        return new ServerMachine(config, identity, Config.processProperties(), () -> clientAddress()
                .getPort());
    }

    /** The address clients connect to, with the port that was really bound. A reconfiguration of an ensemble may change it. */
    public InetSocketAddress clientAddress() {
        return clientAddress.get();
    }

    /** A connect string for clients on this machine, such as {@code 127.0.0.1:2181}. */
    public String connectString() {
        InetSocketAddress clients = clientAddress();
        String host = clients.getAddress().isAnyLocalAddress()
                ? "127.0.0.1"
                : clients.getAddress().getHostAddress();
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + clients.getPort();
    }

    /**
     * What this server is to its clients at the moment: leading, also without an ensemble; following or observing; or looking for a
     * leader, which is when none or only those that just read are served.
     */
    public Role role() {
        return stopped.isDone() ? Role.LOOKING : role.get();
    }

    /**
     * Waits until the server has stopped.
     *
     * @throws ServerFailedException when it stopped because it could not go on
     */
    public void awaitStop() {
        try {
            stopped.join();
        } catch (CompletionException failure) {
            throw new ServerFailedException(failure.getCause());
        }
    }

    /** The server cannot go on: nothing more is acknowledged, and everything is closed by a thread of its own. */
    private void fail(String where, Throwable cause) {
        LOG.error("{} failed; the server stops, so that it acknowledges nothing it could lose", where, cause);
        new NamedThreads(name, "stop").newThread(() -> closeAfter(cause)).start();
    }

    private void closeAfter(Throwable cause) {
        try {
            running.close();
        } catch (RuntimeException further) {
            cause.addSuppressed(further);
        }
        stopped.completeExceptionally(cause);
    }

    /** Stops the server: no more clients, then the pipeline, then the storage. Sessions stay for their timeout. Idempotent. */
    @Override
    public void close() {
        try {
            running.close();
        } finally {
            if (stopped.complete(null)) {
                LOG.info("stopped");
            }
        }
    }
}
