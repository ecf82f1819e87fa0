package io.zookit.watch;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * All watches of a server: who watches which path, and which paths somebody watches.
 *
 * <p>Watchers are told apart by identity. A path need not exist to be watched, and is not checked here. All methods belong to one
 * thread. Registering, removing and finding take constant time; a change costs as much as it has watchers, and with recursive
 * watches anywhere one look-up for each ancestor more.
 *
 * <p>The order of events is the same in every run with the same calls, and does not depend on the salt.
 *
 * @param <W> the watchers, such as the connections of the sessions
 */
public final class WatchTable<W> {
    private final PathIndex<W> paths;
    private final IdentityHashMap<W, KnownWatcher<W>> watchers = new IdentityHashMap<>();
    private int nextSerial;
    private long watchCount;
    private int recursiveCount;

    private final EventQueue<W> events = new EventQueue<>();

    /**
     * An empty table.
     *
     * @param salt makes the hashes of paths unpredictable; servers pass a random number, simulations a chosen one
     */
    public WatchTable(long salt) {
        paths = new PathIndex<>(salt);
    }

    /** Adds a one-shot data watch; false when the watcher had one. */
    public boolean addData(String path, W watcher) {
        return add(path, watcher, WatchMode.DATA);
    }

    /** Adds a one-shot child watch; false when the watcher had one. */
    public boolean addChild(String path, W watcher) {
        return add(path, watcher, WatchMode.CHILD);
    }

    /**
     * Adds a watch that stays until it is removed.
     *
     * @param recursive whether it covers all descendants of the path; such a watch hears nothing of children lists
     * @return false when the watcher had one of this kind
     */
    public boolean addPersistent(String path, W watcher, boolean recursive) {
        return add(path, watcher, recursive ? WatchMode.RECURSIVE : WatchMode.PERSISTENT);
    }

    private boolean add(String path, W watcher, WatchMode mode) {
        WatchedPath<W> watched = paths.findOrAdd(path);
        KnownWatcher<W> known = watchers.computeIfAbsent(watcher, w -> new KnownWatcher<>(w, nextSerial++));
        if (watched.has(mode, known)) {
            return false;
        }
        count(known, watched.tablesOnlyBy(mode, known));
        watched.add(mode, known);
        known.paths.add(watched);
        if (mode == WatchMode.RECURSIVE) {
            recursiveCount++;
        }
        return true;
    }

    /** Whether a watcher has a watch of this type at this very path. */
    public boolean contains(String path, W watcher, WatcherType type) {
        WatchedPath<W> watched = paths.find(path);
        KnownWatcher<W> known = watchers.get(watcher);
        if (watched == null || known == null) {
            return false;
        }
        return switch (type) {
            case CHILDREN -> watched.has(WatchMode.CHILD, known);
            case DATA -> watched.has(WatchMode.DATA, known);
            case ANY -> watched.hasAny(known);
            case PERSISTENT -> watched.has(WatchMode.PERSISTENT, known);
            case PERSISTENT_RECURSIVE -> watched.has(WatchMode.RECURSIVE, known);
        };
    }

    /** Removes the watches of this type that a watcher has at this very path; false when there is none. */
    public boolean remove(String path, W watcher, WatcherType type) {
        WatchedPath<W> watched = paths.find(path);
        KnownWatcher<W> known = watchers.get(watcher);
        if (watched == null || known == null) {
            return false;
        }
        return switch (type) {
            case CHILDREN -> remove(watched, known, WatchMode.CHILD);
            case DATA -> remove(watched, known, WatchMode.DATA);
            case ANY -> removeAllModes(watched, known);
            case PERSISTENT -> remove(watched, known, WatchMode.PERSISTENT);
            case PERSISTENT_RECURSIVE -> remove(watched, known, WatchMode.RECURSIVE);
        };
    }

    private boolean removeAllModes(WatchedPath<W> watched, KnownWatcher<W> known) {
        boolean removed = false;
        for (WatchMode mode : WatchMode.values()) {
            removed |= remove(watched, known, mode);
        }
        return removed;
    }

    private boolean remove(WatchedPath<W> watched, KnownWatcher<W> known, WatchMode mode) {
        if (!watched.remove(mode, known)) {
            return false;
        }
        if (mode == WatchMode.RECURSIVE) {
            recursiveCount--;
        }
        removed(watched, known, mode);
        dropIfEmpty(watched);
        return true;
    }

    /** What follows for a watcher when it has lost a mode at a path. */
    private void removed(WatchedPath<W> watched, KnownWatcher<W> known, WatchMode mode) {
        count(known, -watched.tablesOnlyBy(mode, known));
        if (!watched.hasAny(known)) {
            known.paths.remove(watched);
            if (known.paths.size() == 0) {
                watchers.remove(known.watcher);
            }
        }
    }

    private void dropIfEmpty(WatchedPath<W> watched) {
        if (watched.isEmpty()) {
            paths.remove(watched);
        }
    }

    private void count(KnownWatcher<W> known, int change) {
        known.watchCount += change;
        watchCount += change;
    }

    /** Removes everything a watcher watches: its connection is gone. Takes time in proportion to its watches. */
    public void removeAll(W watcher) {
        KnownWatcher<W> known = watchers.remove(watcher);
        if (known == null) {
            return;
        }
        for (int slot = 0; slot < known.paths.slotCount(); slot++) {
            WatchedPath<W> watched = known.paths.at(slot);
            if (watched != null) {
                for (WatchMode mode : WatchMode.values()) {
                    if (watched.remove(mode, known) && mode == WatchMode.RECURSIVE) {
                        recursiveCount--;
                    }
                }
                dropIfEmpty(watched);
            }
        }
        watchCount -= known.watchCount;
    }

    /**
     * A znode was created: data watches of it, then child watches of its parent.
     *
     * @param parentPath the path of its parent
     */
    public void fireCreated(String path, String parentPath, WatchConsumer<W> consumer) {
        events.begin();
        collectData(path);
        events.turnToParent();
        collectChild(parentPath);
        events.tell(WatchEventType.NODE_CREATED, path, parentPath, consumer);
    }

    /**
     * A znode was deleted: data watches of it, then those of its child watches that have not been told by now, then child watches
     * of its parent.
     *
     * @param parentPath the path of its parent
     */
    public void fireDeleted(String path, String parentPath, WatchConsumer<W> consumer) {
        events.begin();
        collectData(path);
        collectChild(path);
        events.turnToParent();
        collectChild(parentPath);
        events.tell(WatchEventType.NODE_DELETED, path, parentPath, consumer);
    }

    /** The data of a znode was set: data watches of it. */
    public void fireDataChanged(String path, WatchConsumer<W> consumer) {
        events.begin();
        collectData(path);
        events.turnToParent();
        events.tell(WatchEventType.NODE_DATA_CHANGED, path, path, consumer);
    }

    private void collectData(String path) {
        WatchedPath<W> watched = paths.find(path);
        if (watched != null) {
            events.add(watched.watchers(WatchMode.RECURSIVE));
            events.add(watched.watchers(WatchMode.PERSISTENT));
            collectOnce(watched, WatchMode.DATA);
        }
        if (recursiveCount > 0) {
            PathIndex<W>.Ancestors ancestors = paths.new Ancestors(path);
            while (ancestors.hasNext()) {
                WatchedPath<W> ancestor = ancestors.next();
                if (ancestor != null) {
                    events.add(ancestor.watchers(WatchMode.RECURSIVE));
                }
            }
        }
    }

    private void collectChild(String path) {
        WatchedPath<W> watched = paths.find(path);
        if (watched != null) {
            events.add(watched.watchers(WatchMode.PERSISTENT));
            collectOnce(watched, WatchMode.CHILD);
        }
    }

    /** Collects one-shot watches, which are gone with that. */
    private void collectOnce(WatchedPath<W> watched, WatchMode mode) {
        Watchers<W> all = watched.watchers(mode);
        if (all == null) {
            return;
        }
        events.add(all);
        watched.clear(mode);
        for (int slot = 0; slot < all.slotCount(); slot++) {
            KnownWatcher<W> known = all.at(slot);
            if (known != null) {
                removed(watched, known, mode);
            }
        }
        dropIfEmpty(watched);
    }

    /**
     * How many watches there are, as {@code mntr} counts them: a pair of path and watcher counts once for data watches and once for
     * child watches, so a persistent watch that is not recursive counts twice.
     */
    public long watchCount() {
        return watchCount;
    }

    /** How many watches a watcher has, counted as {@link #watchCount()}. */
    public int watchCount(W watcher) {
        KnownWatcher<W> known = watchers.get(watcher);
        return known == null ? 0 : known.watchCount;
    }

    /** How many paths are watched. */
    public int pathCount() {
        return paths.all().size();
    }

    /** How many watchers watch something. */
    public int watcherCount() {
        return watchers.size();
    }

    /** The paths a watcher watches, in order. */
    public List<String> paths(W watcher) {
        KnownWatcher<W> known = watchers.get(watcher);
        List<String> result = new ArrayList<>();
        if (known != null) {
            for (int slot = 0; slot < known.paths.slotCount(); slot++) {
                WatchedPath<W> watched = known.paths.at(slot);
                if (watched != null) {
                    result.add(watched.path);
                }
            }
        }
        Collections.sort(result);
        return result;
    }

    /** All paths that are watched, in an order that means nothing. Takes time in proportion to their number. */
    public List<String> paths() {
        List<String> result = new ArrayList<>(pathCount());
        for (int slot = 0; slot < paths.all().slotCount(); slot++) {
            WatchedPath<W> watched = paths.all().at(slot);
            if (watched != null) {
                result.add(watched.path);
            }
        }
        return result;
    }

    /** The watchers of a path, each once; none when nobody watches it. */
    public List<W> watchers(String path) {
        List<W> result = new ArrayList<>();
        WatchedPath<W> watched = paths.find(path);
        if (watched != null) {
            forEach(watched, (unused, watcher) -> result.add(watcher));
        }
        return result;
    }

    /**
     * Walks all watches, each pair of path and watcher once, the watchers of a path one after the other; the order of the paths
     * means nothing. For reports: takes time in proportion to the whole table.
     */
    public void forEach(BiConsumer<String, W> consumer) {
        for (int slot = 0; slot < paths.all().slotCount(); slot++) {
            WatchedPath<W> watched = paths.all().at(slot);
            if (watched != null) {
                forEach(watched, consumer);
            }
        }
    }

    private void forEach(WatchedPath<W> watched, BiConsumer<String, W> consumer) {
        for (WatchMode mode : WatchMode.values()) {
            Watchers<W> all = watched.watchers(mode);
            for (int slot = 0; all != null && slot < all.slotCount(); slot++) {
                KnownWatcher<W> known = all.at(slot);
                if (known != null && watched.firstMode(known) == mode) {
                    consumer.accept(watched.path, known.watcher);
                }
            }
        }
    }
}
