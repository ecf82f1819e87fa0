package io.zookit.tck;

import io.zookit.spi.PluginContext;
import io.zookit.spi.PluginProvider;
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
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;

/** Surroundings of a plugin that lives for one test: given settings, the machine's clock, and threads that are remembered. */
final class ContractContext implements PluginContext, Settings {
    private static final Path NO_DIRECTORY = Path.of("a-plugin-of-this-kind-writes-no-files");

    private final String prefix;
    private final List<Setting> declared;
    private final Map<String, String> given;
    private final Path data;
    private final Path log;
    private final Queue<Thread> threads = new ConcurrentLinkedQueue<>();

    ContractContext(PluginProvider<?> provider, Map<String, String> given) {
        this(provider, given, NO_DIRECTORY, NO_DIRECTORY);
    }

    ContractContext(PluginProvider<?> provider, Map<String, String> given, Path data, Path log) {
        this.data = data;
        this.log = log;
        this.prefix = provider.kind().word() + "." + provider.id() + ".";
        this.declared = provider.settings();
        this.given = Map.copyOf(given);
        this.given.keySet().forEach(this::declared);
    }

    /** Every thread that was asked for. */
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
            Thread thread = new Thread(work, "zookit-tck-" + role);
            thread.setDaemon(true);
            threads.add(thread);
            return thread;
        };
    }

    @Override
    public Path dataDirectory() {
        return data;
    }

    @Override
    public Path logDirectory() {
        return log;
    }

    @Override
    public Optional<String> text(String name) {
        Setting setting = declared(name);
        String value = given.get(name);
        return Optional.ofNullable(value != null ? value : setting.defaultValue());
    }

    private Setting declared(String name) {
        return declared.stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("The plugin did not declare the setting " + name));
    }

    @Override
    public long number(String name, long min, long max) {
        try {
            long number = Long.parseLong(value(name));
            if (number >= min && number <= max) {
                return number;
            }
        } catch (NumberFormatException notANumber) {
            throw invalid(name, "expected a number from " + min + " to " + max);
        }
        throw invalid(name, "expected a number from " + min + " to " + max);
    }

    @Override
    public boolean flag(String name) {
        return switch (value(name)) {
            case "true", "yes", "on" -> true;
            case "false", "no", "off" -> false;
            default -> throw invalid(name, "expected true or false");
        };
    }

    @Override
    public SettingException invalid(String name, String expected) {
        // Without the value: it may be a secret.
        return new SettingException(prefix + declared(name).name() + ": " + expected);
    }

    private String value(String name) {
        return text(name).orElseThrow(() -> new IllegalArgumentException(name + " is read but has no default"));
    }
}
