package io.zookit.kernel;

import io.zookit.spi.ServerClock;
import java.security.SecureRandom;

/**
 * What a server gives its plugins besides settings.
 *
 * @param serverName tells the threads of several servers in one process apart: {@code zookit-<serverName>-<role>}
 * @param clock the one clock of the server
 * @param randomSeed from which each plugin's random source is derived, in the order in which the plugins are made
 */
public record Surroundings(String serverName, ServerClock clock, long randomSeed) {
    /** The machine's clock and an unpredictable seed. */
    public static Surroundings ofMachine(String serverName) {
        return new Surroundings(serverName, ServerClock.system(), new SecureRandom().nextLong());
    }
}
