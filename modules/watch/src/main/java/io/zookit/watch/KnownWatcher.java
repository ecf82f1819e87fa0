package io.zookit.watch;

import org.jspecify.annotations.Nullable;

/** A watcher that watches something, and what; known from its first watch to its last. */
final class KnownWatcher<W> extends Hashed implements Watchers<W> {
    final W watcher;
    final OpenSet<WatchedPath<W>> paths = new OpenSet<>();
    /** How many watches it has, counted as {@link WatchTable#watchCount}. */
    int watchCount;
    /** The last event it was told of: whoever watches a change in several modes hears of it once. */
    long toldOf;

    /**
     * A watcher without watches.
     *
     * @param serial its number among the watchers of the table; as a hash it keeps the order of events the same in every run
     */
    KnownWatcher(W watcher, int serial) {
        super(serial);
        this.watcher = watcher;
    }

    @Override
    public boolean contains(KnownWatcher<W> other) {
        return this == other;
    }

    @Override
    public Watchers<W> with(KnownWatcher<W> other) {
        return new WatcherCrowd<>(this, other);
    }

    @Override
    public @Nullable Watchers<W> without(KnownWatcher<W> other) {
        return null;
    }

    @Override
    public int slotCount() {
        return 1;
    }

    @Override
    public KnownWatcher<W> at(int slot) {
        return this;
    }
}
