package io.zookit.kernel;

import io.zookit.spi.PluginContext;
import io.zookit.spi.ServerClock;
import io.zookit.spi.Settings;
import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;

/** What one plugin gets of its server. */
record SurroundingsOfPlugin(
        Settings settings,
        ServerClock clock,
        RandomGenerator random,
        String serverName,
        Path dataDirectory,
        Path logDirectory)
        implements PluginContext {

    @Override
    public ThreadFactory threads(String role) {
        return new NamedThreads(serverName, role);
    }
}
