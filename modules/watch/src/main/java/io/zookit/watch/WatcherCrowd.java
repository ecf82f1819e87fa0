package io.zookit.watch;

import org.jspecify.annotations.Nullable;

/** Two watchers or more. Changes in place. */
final class WatcherCrowd<W> implements Watchers<W> {
    private final OpenSet<KnownWatcher<W>> set = new OpenSet<>();

    WatcherCrowd(KnownWatcher<W> first, KnownWatcher<W> second) {
        set.add(first);
        set.add(second);
    }

    @Override
    public boolean contains(KnownWatcher<W> watcher) {
        return set.contains(watcher);
    }

    @Override
    public Watchers<W> with(KnownWatcher<W> watcher) {
        set.add(watcher);
        return this;
    }

    @Override
    public @Nullable Watchers<W> without(KnownWatcher<W> watcher) {
        set.remove(watcher);
        return set.size() == 0 ? null : this;
    }

    @Override
    public int slotCount() {
        return set.slotCount();
    }

    @Override
    public @Nullable KnownWatcher<W> at(int slot) {
        return set.at(slot);
    }
}
