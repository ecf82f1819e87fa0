package io.zookit.tck;

import io.zookit.spi.PluginProvider;
import io.zookit.spi.SettingException;
import java.nio.file.Path;
import java.util.Map;

/** Makes a plugin as a server would, but with settings given by a test. */
public final class PluginUnderTest {
    private PluginUnderTest() {}

    /**
     * Makes a plugin of a kind that writes no files.
     *
     * @param settings values by the name of the setting, without prefix; the others have their defaults
     * @throws SettingException when the plugin refuses a value
     * @throws IllegalArgumentException when the plugin does not declare a setting; a server would not start
     */
    public static <T> T create(PluginProvider<T> provider, Map<String, String> settings) {
        return provider.create(new ContractContext(provider, settings));
    }

    /**
     * Makes a plugin that writes files: a storage.
     *
     * @param settings values by the name of the setting, without prefix; the others have their defaults
     * @param data for snapshots and values
     * @param log for the log; may be the same
     * @throws SettingException when the plugin refuses a value
     * @throws IllegalArgumentException when the plugin does not declare a setting; a server would not start
     */
    public static <T> T create(PluginProvider<T> provider, Map<String, String> settings, Path data, Path log) {
        return provider.create(new ContractContext(provider, settings, data, log));
    }
}
