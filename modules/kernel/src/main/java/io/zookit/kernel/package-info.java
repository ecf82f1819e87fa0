/**
 * From a {@link io.zookit.config.Config} and a {@link io.zookit.kernel.PluginSource} to the {@link io.zookit.kernel.Plugins} a
 * server is made of.
 *
 * <pre>
 *   Config ──► Selection ─────────┐   which ids of which kinds
 *   PluginSource                  │
 *     plugins/ ──► PluginDirectory┼─► Discovery ─► Candidate ─► PluginSettings ─► create ─► Plugins
 *                  (descriptors)  │   (one layer    (id known)
 *     services, instances ────────┘    for each chosen directory)
 *
 *   whatever is wrong on the way ──► problems ──► StartException, all at once
 * </pre>
 *
 * Everything here runs on the thread that starts the server; nothing is kept in statics, so several servers may run in one
 * process.
 */
@NullMarked
package io.zookit.kernel;

import org.jspecify.annotations.NullMarked;
