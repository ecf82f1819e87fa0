/**
 * Who is to hear of which change.
 *
 * <pre>
 *   WatchTable   path -> watchers and watcher -> paths; add, remove, fire
 *     WatchedPath    one path with its watchers, one set for each WatchMode
 *     KnownWatcher   one watcher with its paths; alone it is its own one-element set
 *     PathIndex      finds a WatchedPath by a path or by the beginning of one
 *   WatchCatchUp what a client missed while it was away
 * </pre>
 *
 * The table is a plain value machine: it belongs to one thread, knows no time, and tells the outcome to a consumer.
 */
@NullMarked
package io.zookit.watch;

import org.jspecify.annotations.NullMarked;
