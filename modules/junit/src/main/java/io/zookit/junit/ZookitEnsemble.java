package io.zookit.junit;

import io.zookit.spi.PluginProvider;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * An ensemble for the tests of one class: servers that elect a leader and agree on every write, in the process of the tests, on free
 * ports of 127.0.0.1.
 *
 * <pre>{@code
 * @RegisterExtension
 * final ZookitEnsemble zookit = ZookitEnsemble.of(3);
 *
 * @Test
 * void myProgramSurvivesALostLeader() throws Exception {
 *     MyProgram program = new MyProgram(zookit.connectString());
 *     zookit.leader().stop();
 *     ...
 * }
 * }</pre>
 *
 * <p>In a static field, one ensemble serves all tests of the class and those nested in it; in a field of the instance, each test gets
 * a new one, which is what tests want that stop or cut off members. It begins empty, with all members serving, and when the tests are
 * over servers, threads and data are gone. What can happen to one member is told by {@link ZookitMember}.
 *
 * <p>The clock of the ensemble is made for tests: a tick of 100 ms, so that a leader that is cut off steps down at once and sessions of
 * 200 ms are possible, but ten seconds of patience with a member that says nothing, because a busy machine is no fault that was asked
 * for. {@link #set} changes that.
 *
 * <p>What configures ({@link #set}, {@link #onDisk}, {@link #plugin}) counts from the next ensemble on, so it belongs to the declaration
 * of the field. All methods may be called by any thread.
 */
public final class ZookitEnsemble extends ServersExtension<Members> {
    private static final int MEMBERS_MIN = 2;
    private static final int MEMBERS_MAX = 9;

    private static final Map<String, Integer> TEST_CLOCK = Map.of(
            "tickTime",
            100,
            "initLimit",
            100,
            "syncLimit",
            100,
            "maxSessionTimeout",
            60_000,
            // How soon members that were cut off or stopped are looked for again.
            "fastleader.minNotificationInterval",
            50,
            "fastleader.maxNotificationInterval",
            100);

    private final Declaration declaration = new Declaration();
    private final int members;

    private ZookitEnsemble(int members) {
        this.members = members;
        TEST_CLOCK.forEach(declaration::set);
    }

    /**
     * An ensemble of servers that keep their data in memory.
     *
     * @param members how many, from 2 to 9; three go on when one is lost
     */
    public static ZookitEnsemble of(int members) {
        if (members < MEMBERS_MIN || members > MEMBERS_MAX) {
            throw new IllegalArgumentException("an ensemble of " + members + " members; from " + MEMBERS_MIN + " to "
                    + MEMBERS_MAX + " are possible. A single server is ZookitExtension.standalone().");
        }
        return new ZookitEnsemble(members);
    }

    /**
     * Sets a key for all members, as a line {@code key=value} of {@code zoo.cfg} would; the last value of a key wins. A wrong value, or a
     * setting its plugin does not know, fails the tests with a message that says all that is wrong.
     *
     * @param key such as {@code tickTime}
     * @param value its text is the value
     */
    public ZookitEnsemble set(String key, Object value) {
        declaration.set(key, value);
        return this;
    }

    /** Keeps the data in files of temporary directories, as real servers would, with everything this costs. */
    public ZookitEnsemble onDisk() {
        declaration.onDisk();
        return this;
    }

    /**
     * Adds a plugin. It takes the place of one of the same kind and id among the services; to choose one of another id, also
     * {@link #set} {@code plugin.<kind>}. The instance is used for all starts of all members.
     */
    public ZookitEnsemble plugin(PluginProvider<?> provider) {
        declaration.plugin(provider);
        return this;
    }

    /**
     * What clients are given to connect: the addresses of all members, also of those that are stopped, separated by commas. It stays the
     * same over restarts.
     *
     * @throws IllegalStateException outside of tests
     */
    public String connectString() {
        return members().stream().map(ZookitMember::connectString).collect(Collectors.joining(","));
    }

    /**
     * All members, in the order of their ids.
     *
     * @throws IllegalStateException outside of tests
     */
    public List<ZookitMember> members() {
        return servers().all();
    }

    /**
     * Whoever leads. Waits for the end of an election, so that right after {@code leader().stop()} this is the next one.
     *
     * @throws IllegalStateException outside of tests, and when nobody leads within 30 s
     */
    public ZookitMember leader() {
        return servers().leader();
    }

    /**
     * The members that follow the {@link #leader}, in the order of their ids: all others that are neither stopped nor cut off. Waits until
     * they do.
     *
     * @throws IllegalStateException outside of tests, and when nobody leads within 30 s
     */
    public List<ZookitMember> followers() {
        return servers().followers();
    }

    /**
     * Undoes what was done to members: joins all, starts all, and returns when all serve. For an {@code @AfterEach} of tests that share an
     * ensemble.
     *
     * @throws IllegalStateException outside of tests, and when they do not serve within 30 s
     */
    public void heal() {
        servers().heal();
    }

    /**
     * Closes all connections of clients, as a network may do at any time. The clients come back to their sessions by themselves.
     *
     * @return how many were closed
     * @throws IllegalStateException outside of tests
     */
    public int cutConnections() {
        return members().stream()
                .filter(ZookitMember::isRunning)
                .mapToInt(ZookitMember::cutConnections)
                .sum();
    }

    /**
     * Ends a session as if it had been silent for longer than its timeout, wherever its client is connected, and returns when it has ended
     * at all members that serve: its ephemeral znodes are gone and their watches have fired. Its client loses the connection, and learns
     * the rest when it comes back.
     *
     * @param sessionId such as {@code ZooKeeper.getSessionId()} says
     * @throws IllegalArgumentException when the ensemble has no such session
     * @throws IllegalStateException outside of tests, when nobody leads, or the leader is lost meanwhile
     */
    public void expireSession(long sessionId) {
        servers().expire(sessionId);
    }

    @Override
    Members make(ClassLoader loader) {
        return new Members(members, declaration.settings(), declaration.own(), loader);
    }
}
