package io.zookit.watch;

import org.jspecify.annotations.Nullable;

/** One path and its watchers, a set for each mode. */
final class WatchedPath<W> extends Hashed {
    final String path;
    private @Nullable Watchers<W> data;
    private @Nullable Watchers<W> child;
    private @Nullable Watchers<W> persistent;
    private @Nullable Watchers<W> recursive;

    WatchedPath(String path, int hash) {
        super(hash);
        this.path = path;
    }

    @Nullable
    Watchers<W> watchers(WatchMode mode) {
        return switch (mode) {
            case DATA -> data;
            case CHILD -> child;
            case PERSISTENT -> persistent;
            case RECURSIVE -> recursive;
        };
    }

    private void replace(WatchMode mode, @Nullable Watchers<W> watchers) {
        switch (mode) {
            case DATA -> data = watchers;
            case CHILD -> child = watchers;
            case PERSISTENT -> persistent = watchers;
            case RECURSIVE -> recursive = watchers;
        }
    }

    boolean has(WatchMode mode, KnownWatcher<W> watcher) {
        Watchers<W> watchers = watchers(mode);
        return watchers != null && watchers.contains(watcher);
    }

    /** Adds a watcher that does not have this mode yet. */
    void add(WatchMode mode, KnownWatcher<W> watcher) {
        Watchers<W> watchers = watchers(mode);
        replace(mode, watchers == null ? watcher : watchers.with(watcher));
    }

    /** Takes a mode from a watcher; false when it did not have it. */
    boolean remove(WatchMode mode, KnownWatcher<W> watcher) {
        Watchers<W> watchers = watchers(mode);
        if (watchers == null || !watchers.contains(watcher)) {
            return false;
        }
        replace(mode, watchers.without(watcher));
        return true;
    }

    /** Takes a mode from all. */
    void clear(WatchMode mode) {
        replace(mode, null);
    }

    boolean isEmpty() {
        return data == null && child == null && persistent == null && recursive == null;
    }

    /** Whether the watcher has any mode here. */
    boolean hasAny(KnownWatcher<W> watcher) {
        return firstMode(watcher) != null;
    }

    /** The first of the modes that the watcher has here, or {@code null} when it has none. */
    @Nullable
    WatchMode firstMode(KnownWatcher<W> watcher) {
        for (WatchMode mode : WatchMode.values()) {
            if (has(mode, watcher)) {
                return mode;
            }
        }
        return null;
    }

    private boolean inDataTable(KnownWatcher<W> watcher) {
        return has(WatchMode.DATA, watcher) || has(WatchMode.PERSISTENT, watcher) || has(WatchMode.RECURSIVE, watcher);
    }

    private boolean inChildTable(KnownWatcher<W> watcher) {
        return has(WatchMode.CHILD, watcher) || has(WatchMode.PERSISTENT, watcher);
    }

    /** In how many of the two tables a watcher that does not have {@code mode} would stand because of it alone. */
    int tablesOnlyBy(WatchMode mode, KnownWatcher<W> watcher) {
        int tables = 0;
        if (mode.inDataTable && !inDataTable(watcher)) {
            tables++;
        }
        if (mode.inChildTable && !inChildTable(watcher)) {
            tables++;
        }
        return tables;
    }
}
