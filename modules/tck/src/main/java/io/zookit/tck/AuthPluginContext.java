package io.zookit.tck;

import io.zookit.spi.PluginContext;
import io.zookit.spi.PluginProvider;
import io.zookit.spi.ServerClock;
import io.zookit.spi.Setting;
import io.zookit.spi.SettingException;
import io.zookit.spi.Settings;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;

/**
 * The surroundings of an auth plugin in a test: the settings that were given, a clock and a fixed random source. It has no
 * threads and no directories, as such a plugin needs none; asking for them fails.
 */
public final class AuthPluginContext implements PluginContext {
    private final PluginProvider<?> provider;
    private final Map<String, String> values;

    /**
     * @param provider whose settings these are; it declares names and defaults
     * @param values what the configuration says, by the names of the settings
     * @throws IllegalArgumentException when a name is not declared; a server would not start
     */
    public AuthPluginContext(PluginProvider<?> provider, Map<String, String> values) {
        this.provider = provider;
        this.values = Map.copyOf(values);
        this.values.keySet().forEach(this::declared);
    }

    @Override
    public Settings settings() {
        return new Values();
    }

    @Override
    public ServerClock clock() {
        return ServerClock.system();
    }

    @Override
    public RandomGenerator random() {
        return new SplittableRandom(1);
    }

    @Override
    public ThreadFactory threads(String role) {
        throw new UnsupportedOperationException("an auth plugin has no threads");
    }

    @Override
    public Path dataDirectory() {
        throw new UnsupportedOperationException("an auth plugin has no business in the data directory");
    }

    @Override
    public Path logDirectory() {
        throw new UnsupportedOperationException("an auth plugin has no business in the log directory");
    }

    private Setting declared(String name) {
        return provider.settings().stream()
                .filter(setting -> setting.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(provider.id() + " declares no setting " + name));
    }

    private final class Values implements Settings {
        @Override
        public Optional<String> text(String name) {
            Setting setting = declared(name);
            return Optional.ofNullable(values.getOrDefault(name, setting.defaultValue()));
        }

        @Override
        public long number(String name, long min, long max) {
            try {
                long value = Long.parseLong(text(name).orElseThrow());
                if (value >= min && value <= max) {
                    return value;
                }
            } catch (NumberFormatException notANumber) {
                throw invalid(name, "expected a whole number");
            }
            throw invalid(name, "expected " + min + " to " + max);
        }

        @Override
        public boolean flag(String name) {
            String value = text(name).orElseThrow();
            if (value.matches("true|yes|on")) {
                return true;
            }
            if (value.matches("false|no|off")) {
                return false;
            }
            throw invalid(name, "expected true or false");
        }

        @Override
        public SettingException invalid(String name, String expected) {
            return new SettingException(provider.kind().word() + "." + provider.id() + "."
                    + declared(name).name() + ": " + expected);
        }
    }
}
