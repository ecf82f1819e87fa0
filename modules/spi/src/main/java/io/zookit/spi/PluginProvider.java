package io.zookit.spi;

import java.util.List;

/**
 * How the kernel gets a plugin. A plugin's module says {@code provides <sub-interface of its kind> with <its provider>} and its
 * jar repeats that under {@code META-INF/services}; the provider has a public constructor without arguments.
 *
 * <p>The kernel calls all methods from its start thread. Neither the constructor nor {@link #create} does any input or output:
 * a product that has a life gets it by a start method of its own.
 *
 * @param <T> what the plugin makes
 */
public interface PluginProvider<T> {
    /** The name by which configuration chooses this plugin; unique within its kind; lower case letters, digits and dashes. */
    String id();

    /** What the plugin is. The sub-interface of each kind answers this. */
    PluginKind kind();

    /** The settings the plugin understands. A setting under its prefix that is not in this list stops the start. */
    default List<Setting> settings() {
        return List.of();
    }

    /**
     * Makes the plugin.
     *
     * @param context its surroundings, the same for the whole life of what is made
     * @throws SettingException when a setting has a value the plugin cannot use
     */
    T create(PluginContext context);
}
