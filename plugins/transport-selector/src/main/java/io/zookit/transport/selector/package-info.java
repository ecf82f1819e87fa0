/**
 * The transport {@code selector}: one thread for everything. One round of it:
 *
 * <pre>
 *   wait ─► readable connections, one read each ─► tasks ─► batchEnded ─► one write per touched connection ─► wait
 * </pre>
 *
 * {@link io.zookit.transport.selector.SelectorLoop} is that thread, {@link io.zookit.transport.selector.SelectorConnection} knows when a
 * connection ends.
 */
@NullMarked
package io.zookit.transport.selector;

import org.jspecify.annotations.NullMarked;
