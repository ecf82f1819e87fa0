package io.zookit.watch;

import org.jspecify.annotations.Nullable;

/**
 * The watchers of one path in one mode, at least one. Most paths have a single watcher, and that one is its own set; only crowds
 * pay for a table.
 *
 * @param <W> the watchers
 */
sealed interface Watchers<W> permits KnownWatcher, WatcherCrowd {
    boolean contains(KnownWatcher<W> watcher);

    /** The set with one more, which was not in it. */
    Watchers<W> with(KnownWatcher<W> watcher);

    /** The set without one that was in it; {@code null} when nobody is left. */
    @Nullable
    Watchers<W> without(KnownWatcher<W> watcher);

    /** How many slots there are to walk. */
    int slotCount();

    /** The watcher in a slot, if there is one. */
    @Nullable
    KnownWatcher<W> at(int slot);
}
