package io.zookit.consensus.zab;

import io.zookit.spi.PluginContext;
import io.zookit.spi.ServerClock;
import io.zookit.spi.Setting;
import io.zookit.spi.SettingException;
import io.zookit.spi.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;

/** The surroundings of one server of a test: given settings, the machine's clock, and threads that are remembered. */
final class ServerSurroundings implements PluginContext, Settings {
    private final Path directory;
    private final List<Setting> declared;
    private final Map<String, String> given;
    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();

    ServerSurroundings(Path directory, Map<String, String> given) {
        this(directory, EnsembleSettings.all(), given);
    }

    ServerSurroundings(Path directory, List<Setting> declared, Map<String, String> given) {
        this.directory = directory;
        this.declared = List.copyOf(declared);
        this.given = Map.copyOf(given);
    }

    List<Thread> started() {
        return List.copyOf(threads);
    }

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
            Thread thread = new Thread(work, "zookit-test-" + directory.getFileName() + "-" + role);
            thread.setDaemon(true);
            threads.add(thread);
            return thread;
        };
    }

    @Override
    public Path dataDirectory() {
        return directory;
    }

    @Override
    public Path logDirectory() {
        return directory;
    }

    @Override
    public Optional<String> text(String name) {
        Setting setting = declared.stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        return Optional.ofNullable(given.getOrDefault(name, setting.defaultValue()));
    }

    @Override
    public long number(String name, long min, long max) {
        long number = Long.parseLong(text(name).orElseThrow());
        if (number < min || number > max) {
            throw invalid(name, "expected a number from " + min + " to " + max);
        }
        return number;
    }

    @Override
    public boolean flag(String name) {
        return Set.of("true", "yes", "on").contains(text(name).orElseThrow());
    }

    @Override
    public SettingException invalid(String name, String expected) {
        return new SettingException(name + ": " + expected);
    }
}
