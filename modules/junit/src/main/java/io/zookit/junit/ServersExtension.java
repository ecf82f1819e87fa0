package io.zookit.junit;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * Begins servers with the first class or test that uses them and ends them with the last: those of a static field live as long as
 * their class with all nested in it, those of an instance's field as long as a test. Any thread.
 */
abstract class ServersExtension<T extends Servers>
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback {
    /** The test classes and tests, one in another, that have begun and not ended. */
    private final Set<String> goingOn = new HashSet<>();

    private Optional<T> servers = Optional.empty();

    /**
     * Makes the servers as they are declared now, not started yet.
     *
     * @param loader whose services are the plugins
     */
    abstract T make(ClassLoader loader);

    /**
     * The servers of the test.
     *
     * @throws IllegalStateException outside of tests
     */
    final synchronized T servers() {
        return servers.orElseThrow(() -> new IllegalStateException(
                "there is no server outside of tests. Is the field annotated with @RegisterExtension?"));
    }

    /**
     * A class or a test begins; with the first one the servers do.
     *
     * @param what its name
     * @param loader whose services are the plugins
     */
    final synchronized void begin(String what, ClassLoader loader) {
        boolean first = goingOn.isEmpty();
        goingOn.add(what);
        if (first) {
            T made = make(loader);
            servers = Optional.of(made);
            made.start();
        }
    }

    /** A class or a test has ended; with the last one the servers do. JUnit also ends what did not get so far as to begin. */
    final synchronized void end(String what) {
        if (goingOn.remove(what) && goingOn.isEmpty()) {
            Optional<T> last = servers;
            servers = Optional.empty();
            last.ifPresent(Servers::close);
        }
    }

    /** Called by JUnit. */
    @Override
    public final void beforeAll(ExtensionContext context) {
        begin(context.getUniqueId(), context.getRequiredTestClass().getClassLoader());
    }

    /** Called by JUnit. */
    @Override
    public final void afterAll(ExtensionContext context) {
        end(context.getUniqueId());
    }

    /** Called by JUnit. */
    @Override
    public final void beforeEach(ExtensionContext context) {
        begin(context.getUniqueId(), context.getRequiredTestClass().getClassLoader());
    }

    /** Called by JUnit. */
    @Override
    public final void afterEach(ExtensionContext context) {
        end(context.getUniqueId());
    }
}
