package io.zookit.junit;

import io.zookit.spi.PluginProvider;
import java.util.concurrent.CompletableFuture;

/**
 * A server for the tests of one class, in the process of the tests, on a free port of 127.0.0.1.
 *
 * <pre>{@code
 * @RegisterExtension
 * static final ZookitExtension zookit = ZookitExtension.standalone();
 *
 * @Test
 * void myProgramSurvivesALostConnection() throws Exception {
 *     MyProgram program = new MyProgram(zookit.connectString());
 *     zookit.cutConnections();
 *     ...
 * }
 * }</pre>
 *
 * <p>In a static field, one server serves all tests of the class and those nested in it; in a field of the instance, each test gets
 * a new one. It begins empty, and when the tests are over server, threads and data are gone. Several extensions are several
 * servers that share nothing; for several that are one ensemble there is {@link ZookitEnsemble}.
 *
 * <p>What configures ({@link #set}, {@link #onDisk}, {@link #plugin}) counts from the next server on, so it belongs to the
 * declaration of the field. All methods may be called by any thread.
 */
public final class ZookitExtension extends ServersExtension<TestServer> {
    private final Declaration declaration = new Declaration();

    private ZookitExtension() {}

    /** A single server that keeps its data in memory. */
    public static ZookitExtension standalone() {
        return new ZookitExtension();
    }

    /**
     * Sets a key, as a line {@code key=value} of {@code zoo.cfg} would; the last value of a key wins. A wrong value, or a setting
     * its plugin does not know, fails the tests with a message that says all that is wrong.
     *
     * @param key such as {@code tickTime}
     * @param value its text is the value
     */
    public ZookitExtension set(String key, Object value) {
        declaration.set(key, value);
        return this;
    }

    /** Keeps the data in files of a temporary directory, as a real server would, with everything this costs. */
    public ZookitExtension onDisk() {
        declaration.onDisk();
        return this;
    }

    /**
     * Adds a plugin. It takes the place of one of the same kind and id among the services; to choose one of another id, also
     * {@link #set} {@code plugin.<kind>}. The instance is used for all starts of the server.
     */
    public ZookitExtension plugin(PluginProvider<?> provider) {
        declaration.plugin(provider);
        return this;
    }

    /**
     * What clients are given to connect, such as {@code 127.0.0.1:40123}. It stays the same when the server is stopped and started.
     *
     * @throws IllegalStateException outside of tests
     */
    public String connectString() {
        return servers().connectString();
    }

    /**
     * Stops the server, and returns when it has stopped. Its data stay, and so do its sessions, each for its timeout from the next
     * start on. Nothing happens when it is stopped.
     *
     * @throws IllegalStateException outside of tests
     */
    public void stop() {
        servers().stop();
    }

    /**
     * Starts the server again at the same port, and returns when it accepts clients. Nothing happens when it is running. A server
     * that a test has stopped stays so, also for the next test, until it is started.
     *
     * @throws IllegalStateException outside of tests
     * @throws io.zookit.spi.transport.TransportException when another process has taken the port meanwhile
     */
    public void start() {
        servers().start();
    }

    /**
     * Stops the server and starts it again. Clients lose their connections and come back to their sessions.
     *
     * @throws IllegalStateException outside of tests
     */
    public void restart() {
        stop();
        start();
    }

    /**
     * Closes all connections that there are, as a network may do at any time. Their clients come back to their sessions by
     * themselves, as nobody keeps them from it; to keep them from it, {@link #stop} the server.
     *
     * @return how many were closed
     * @throws IllegalStateException when no server is running
     */
    public int cutConnections() {
        return servers().plugins().transport().cut();
    }

    /**
     * Ends a session as if it had been silent for longer than its timeout, and returns when it has ended: its ephemeral znodes are
     * gone and their watches have fired. Its client loses the connection, and learns the rest when it comes back.
     *
     * @param sessionId such as {@code ZooKeeper.getSessionId()} says
     * @throws IllegalArgumentException when the server has no such session
     * @throws IllegalStateException when no server is running, or it stops meanwhile
     */
    public void expireSession(long sessionId) {
        EarlyExpiry expiry = servers().plugins().expiry();
        Patience.await(expiry.begun(), () -> "the server has not begun to watch its sessions");
        CompletableFuture<Void> end =
                expiry.expire(sessionId).orElseThrow(() -> EarlyExpiry.noSuchSession(sessionId, "the server has"));
        Patience.await(end, () -> EarlyExpiry.hasNotEnded(sessionId));
    }

    @Override
    TestServer make(ClassLoader loader) {
        return new TestServer(
                declaration.settings(), new TestPlugins(declaration.own(), loader), TemporaryDirectory.create());
    }
}
