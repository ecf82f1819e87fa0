package io.zookit.benchmarks.micro;

import io.zookit.spi.PluginContext;
import io.zookit.spi.PluginProvider;
import io.zookit.spi.ServerClock;
import io.zookit.spi.Setting;
import io.zookit.spi.SettingException;
import io.zookit.spi.Settings;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;

/**
 * What a plugin needs to run alone: every setting as it is by default.
 *
 * @param provider whose settings
 * @param dataDirectory where it writes
 */
record BenchmarkContext(PluginProvider<?> provider, Path dataDirectory) implements PluginContext, Settings {
    @Override
    public Settings settings() {
        return this;
    }

    @Override
    public ServerClock clock() {
        return ServerClock.system();
    }

    @Override
    public RandomGenerator random() {
        return new Random(1);
    }

    @Override
    public ThreadFactory threads(String role) {
        return work -> {
            Thread thread = new Thread(work, "zookit-benchmark-" + role);
            thread.setDaemon(true);
            return thread;
        };
    }

    @Override
    public Path logDirectory() {
        return dataDirectory;
    }

    @Override
    public Optional<String> text(String name) {
        return provider.settings().stream()
                .filter(setting -> setting.name().equals(name))
                .map(Setting::defaultValue)
                .findFirst();
    }

    @Override
    public long number(String name, long min, long max) {
        return Long.parseLong(text(name).orElseThrow());
    }

    @Override
    public boolean flag(String name) {
        return text(name).orElseThrow().equals("yes");
    }

    @Override
    public SettingException invalid(String name, String expected) {
        return new SettingException(name + ": " + expected);
    }
}
