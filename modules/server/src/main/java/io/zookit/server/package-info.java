/**
 * The server as a whole: {@link io.zookit.server.ZookitServer} puts configuration, plugins and pipeline together, for the command
 * line ({@link io.zookit.server.Main}) and for programs that embed a server.
 *
 * <pre>
 *   Config ─► plugins (kernel) ─► storage opened ─► state recovered ─► consensus ─► transport ─► ready
 *             close runs the same way back
 * </pre>
 */
@NullMarked
package io.zookit.server;

import org.jspecify.annotations.NullMarked;
