/**
 * {@code zoo.cfg}, start arguments and system properties as one immutable {@link io.zookit.config.Config}.
 *
 * <pre>
 *   zoo.cfg ─► PropertiesText ─┐
 *   arguments ─────────────────┼─► Entries ─► Config ─► typed accessors, plugin settings
 *   -Dzookeeper.* ─────────────┘      │          └────► Problems: everything wrong, all at once
 *                                KeyCatalogue
 * </pre>
 *
 * Start reading at {@link io.zookit.config.Config}; every known key stands in {@link io.zookit.config.KeyCatalogue}.
 */
@NullMarked
package io.zookit.config;

import org.jspecify.annotations.NullMarked;
