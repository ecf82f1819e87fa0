package io.zookit.junit;

import io.zookit.spi.PluginProvider;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

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
 * servers that share nothing.
 *
 * <p>What configures ({@link #set}, {@link #onDisk}, {@link #plugin}) counts from the next server on, so it belongs to the
 * declaration of the field. All methods may be called by any thread.
 */
public final class ZookitExtension
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {
    private static final String STORAGE = "plugin.storage";
    private static final int EXPIRY_TIMEOUT_SECONDS = 30;

    private final Map<String, String> settings = new LinkedHashMap<>();
    private final List<PluginProvider<?>> own = new ArrayList<>();
    /** The test classes and tests, one in another, that have begun and not ended. */
    private final Set<String> goingOn = new HashSet<>();

    private Optional<StandaloneServer> server = Optional.empty();

    private ZookitExtension() {}

    /** A single server that keeps its data in memory. */
    public static ZookitExtension standalone() {
        return new ZookitExtension().set(STORAGE, "memory");
    }

    /**
     * Sets a key, as a line {@code key=value} of {@code zoo.cfg} would; the last value of a key wins. A wrong value, or a setting
     * its plugin does not know, fails the tests with a message that says all that is wrong.
     *
     * @param key such as {@code tickTime}
     * @param value its text is the value
     */
    public synchronized ZookitExtension set(String key, Object value) {
        settings.put(key, value.toString());
        return this;
    }

    /** Keeps the data in files of a temporary directory, as a real server would, with everything this costs. */
    public synchronized ZookitExtension onDisk() {
        // Segments as large as for a real server would take longer to make than most tests run.
        return set(STORAGE, "mapdb").set("storage.mapdb.preAllocSize", 1024);
    }

    /**
     * Adds a plugin. It takes the place of one of the same kind and id among the services; to choose one of another id, also
     * {@link #set} {@code plugin.<kind>}. The instance is used for all starts of the server.
     */
    public synchronized ZookitExtension plugin(PluginProvider<?> provider) {
        own.add(provider);
        return this;
    }

    /**
     * What clients are given to connect, such as {@code 127.0.0.1:40123}. It stays the same when the server is stopped and started.
     *
     * @throws IllegalStateException outside of tests
     */
    public synchronized String connectString() {
        return "127.0.0.1:" + server().port();
    }

    /**
     * Stops the server, and returns when it has stopped. Its data stay, and so do its sessions, each for its timeout from the next
     * start on. Nothing happens when it is stopped.
     *
     * @throws IllegalStateException outside of tests
     */
    public synchronized void stop() {
        server().stop();
    }

    /**
     * Starts the server again at the same port, and returns when it accepts clients. Nothing happens when it is running. A server
     * that a test has stopped stays so, also for the next test, until it is started.
     *
     * @throws IllegalStateException outside of tests
     * @throws io.zookit.spi.transport.TransportException when another process has taken the port meanwhile
     */
    public synchronized void start() {
        if (!server().isRunning()) {
            server().start();
        }
    }

    /**
     * Stops the server and starts it again. Clients lose their connections and come back to their sessions.
     *
     * @throws IllegalStateException outside of tests
     */
    public synchronized void restart() {
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
        return runningPlugins().transport().cut();
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
        EarlyExpiry expiry = runningPlugins().expiry();
        await(sessionId, expiry.begun());
        CompletableFuture<Void> end = expiry.expire(sessionId)
                .orElseThrow(() -> new IllegalArgumentException("the server has no session 0x"
                        + Long.toHexString(sessionId) + ". It has ended, or belongs to another server."));
        await(sessionId, end);
    }

    private static void await(long sessionId, CompletableFuture<Void> step) {
        try {
            step.get(EXPIRY_TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException failure) {
            throw new IllegalStateException(
                    "session 0x" + Long.toHexString(sessionId) + " has not ended within " + EXPIRY_TIMEOUT_SECONDS
                            + " s. Was the server stopped meanwhile?",
                    failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while a session was ended", interrupted);
        }
    }

    private synchronized TestPlugins runningPlugins() {
        if (!server().isRunning()) {
            throw new IllegalStateException("the server is stopped. Call start() first.");
        }
        return server().plugins();
    }

    private StandaloneServer server() {
        return server.orElseThrow(() -> new IllegalStateException(
                "there is no server outside of tests. Is the field annotated with @RegisterExtension?"));
    }

    /**
     * A class or a test begins; with the first one the server does.
     *
     * @param what its name
     * @param loader whose services are the plugins
     */
    synchronized void begin(String what, ClassLoader loader) {
        boolean first = goingOn.isEmpty();
        goingOn.add(what);
        if (first) {
            StandaloneServer created = new StandaloneServer(settings, own, loader);
            server = Optional.of(created);
            created.start();
        }
    }

    /** A class or a test has ended; with the last one the server does. JUnit also ends what did not get so far as to begin. */
    synchronized void end(String what) {
        if (goingOn.remove(what) && goingOn.isEmpty()) {
            Optional<StandaloneServer> last = server;
            server = Optional.empty();
            last.ifPresent(StandaloneServer::close);
        }
    }

    /** Called by JUnit. */
    @Override
    public void beforeAll(ExtensionContext context) {
        begin(context.getUniqueId(), context.getRequiredTestClass().getClassLoader());
    }

    /** Called by JUnit. */
    @Override
    public void afterAll(ExtensionContext context) {
        end(context.getUniqueId());
    }

    /** Called by JUnit. */
    @Override
    public void beforeEach(ExtensionContext context) {
        begin(context.getUniqueId(), context.getRequiredTestClass().getClassLoader());
    }

    /** Called by JUnit. */
    @Override
    public void afterEach(ExtensionContext context) {
        end(context.getUniqueId());
    }
}
