package io.zookit.kernel;

import io.zookit.spi.PluginKind;
import io.zookit.spi.Setting;
import java.util.List;

/**
 * What can be set of one plugin, for a reference.
 *
 * @param kind what it is
 * @param id the name by which configuration chooses it
 * @param settings all it declares; each is written {@code <kind>.<id>.<name>}
 */
public record DeclaredSettings(PluginKind kind, String id, List<Setting> settings) {}
