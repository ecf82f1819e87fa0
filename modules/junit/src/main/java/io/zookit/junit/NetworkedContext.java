package io.zookit.junit;

import io.zookit.spi.PeerSockets;
import io.zookit.spi.PluginContext;
import io.zookit.spi.ServerClock;
import io.zookit.spi.Settings;
import java.nio.file.Path;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;

/** The surroundings of a plugin with other sockets. */
record NetworkedContext(PluginContext context, PeerSockets peerSockets) implements PluginContext {
    @Override
    public Settings settings() {
        return context.settings();
    }

    @Override
    public ServerClock clock() {
        return context.clock();
    }

    @Override
    public RandomGenerator random() {
        return context.random();
    }

    @Override
    public ThreadFactory threads(String role) {
        return context.threads(role);
    }

    @Override
    public Path dataDirectory() {
        return context.dataDirectory();
    }

    @Override
    public Path logDirectory() {
        return context.logDirectory();
    }
}
