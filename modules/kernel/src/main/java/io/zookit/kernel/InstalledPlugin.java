package io.zookit.kernel;

import io.zookit.spi.PluginKind;

/**
 * One plugin that is there, for a list of them.
 *
 * @param kind what it is
 * @param id the name by which configuration chooses it
 * @param module its module and version, such as {@code com.example.store@1.2.0}; the provider's class where there is no
 *     module
 * @param place where it was found, such as {@code plugins/storage-mapdb}
 * @param chosen whether the configuration chooses it
 */
public record InstalledPlugin(PluginKind kind, String id, String module, String place, boolean chosen) {}
