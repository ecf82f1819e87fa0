package io.zookit.tck;

import io.zookit.spi.PluginProvider;
import io.zookit.spi.SettingException;
import java.util.Map;

/** Makes a plugin as a server would, but with settings given by a test. For kinds that write no files. */
public final class PluginUnderTest {
    private PluginUnderTest() {}

    /**
     * Makes a plugin.
     *
     * @param settings values by the name of the setting, without prefix; the others have their defaults
     * @throws SettingException when the plugin refuses a value
     * @throws IllegalArgumentException when the plugin does not declare a setting; a server would not start
     */
    public static <T> T create(PluginProvider<T> provider, Map<String, String> settings) {
        return provider.create(new ContractContext(provider, settings));
    }
}
