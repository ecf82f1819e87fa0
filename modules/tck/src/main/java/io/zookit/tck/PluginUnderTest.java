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
import java.util.Random;
import java.util.concurrent.ThreadFactory;
import java.util.random.RandomGenerator;

/** Makes a plugin as a server would, but with settings given by a test. For kinds that need neither threads nor directories. */
public final class PluginUnderTest {
    private PluginUnderTest() {}

    /**
     * Makes a plugin.
     *
     * @param settings values by the name of the setting, without prefix; the others have their defaults
     * @throws SettingException when the plugin refuses a value
     */
    public static <T> T create(PluginProvider<T> provider, Map<String, String> settings) {
        for (String name : settings.keySet()) {
            declared(provider, name);
        }
        return provider.create(new Surroundings(new GivenSettings(provider, settings)));
    }

    private static Setting declared(PluginProvider<?> provider, String name) {
        for (Setting setting : provider.settings()) {
            if (setting.name().equals(name)) {
                return setting;
            }
        }
        throw new IllegalArgumentException("plugin " + provider.id() + " does not declare the setting " + name);
    }

    private record GivenSettings(PluginProvider<?> provider, Map<String, String> values) implements Settings {
        @Override
        public Optional<String> text(String name) {
            Setting setting = declared(provider, name);
            String given = values.get(name);
            return Optional.ofNullable(given == null ? setting.defaultValue() : given);
        }

        @Override
        public long number(String name, long min, long max) {
            String expected = "expected a whole number from " + min + " to " + max;
            try {
                long number = Long.parseLong(text(name).orElseThrow());
                if (min <= number && number <= max) {
                    return number;
                }
            } catch (NumberFormatException notANumber) {
                throw invalid(name, expected);
            }
            throw invalid(name, expected);
        }

        @Override
        public boolean flag(String name) {
            return switch (text(name).orElseThrow()) {
                case "true", "yes", "on" -> true;
                case "false", "no", "off" -> false;
                default -> throw invalid(name, "expected true or false");
            };
        }

        @Override
        public SettingException invalid(String name, String expected) {
            String kind = provider.kind().word();
            return new SettingException(kind + "." + provider.id() + "." + name + ": " + expected);
        }
    }

    private record Surroundings(Settings settings) implements PluginContext {
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
            throw new UnsupportedOperationException("this kind of plugin has no threads");
        }

        @Override
        public Path dataDirectory() {
            throw new UnsupportedOperationException("this kind of plugin has no directory");
        }

        @Override
        public Path logDirectory() {
            throw new UnsupportedOperationException("this kind of plugin has no directory");
        }
    }
}
