package io.zookit.watch;

import org.jspecify.annotations.Nullable;

/**
 * Finds watched paths, also by the beginning of a longer path, without cutting strings.
 *
 * <p>The hash is salted: clients choose the paths, and must not be able to choose ones that collide.
 */
final class PathIndex<W> {
    private final OpenSet<WatchedPath<W>> paths = new OpenSet<>();
    private final int start;
    private final int factor;

    PathIndex(long salt) {
        long mixed = mix(salt);
        start = (int) mixed;
        factor = (int) (mixed >>> 32) | 1;
    }

    /** Turns any salt, even 0, into even bits (the finishing steps of SplitMix64). */
    private static long mix(long salt) {
        long bits = salt + 0x9E3779B97F4A7C15L;
        bits = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        bits = (bits ^ (bits >>> 27)) * 0x94D049BB133111EBL;
        return bits ^ (bits >>> 31);
    }

    OpenSet<WatchedPath<W>> all() {
        return paths;
    }

    @Nullable
    WatchedPath<W> find(String path) {
        return find(path, path.length(), hash(path));
    }

    WatchedPath<W> findOrAdd(String path) {
        int hash = hash(path);
        WatchedPath<W> found = find(path, path.length(), hash);
        if (found == null) {
            found = new WatchedPath<>(path, hash);
            paths.add(found);
        }
        return found;
    }

    void remove(WatchedPath<W> path) {
        paths.remove(path);
    }

    private @Nullable WatchedPath<W> find(String path, int length, int hash) {
        for (int slot = paths.firstSlot(hash); ; slot = paths.nextSlot(slot)) {
            WatchedPath<W> candidate = paths.at(slot);
            if (candidate == null) {
                return null;
            }
            if (candidate.hash == hash && candidate.path.length() == length && path.startsWith(candidate.path)) {
                return candidate;
            }
        }
    }

    private int hash(String path) {
        return hash(start, path, 0, path.length());
    }

    private int hash(int hash, String path, int from, int to) {
        for (int i = from; i < to; i++) {
            hash = (hash ^ path.charAt(i)) * factor;
        }
        return hash;
    }

    /** Walks the proper ancestors of a path from the root down; each step is one look-up and makes no garbage. */
    final class Ancestors {
        private final String path;
        /** Everything before this position is hashed. */
        private int position;

        private int hash = start;

        Ancestors(String path) {
            this.path = path;
        }

        /** Whether there is a further ancestor; the root has none. */
        boolean hasNext() {
            return path.length() > 1 && path.indexOf('/', position) >= 0;
        }

        /** The watchers of the next ancestor, or {@code null} when nobody watches it. */
        @Nullable
        WatchedPath<W> next() {
            if (position == 0) {
                // The root is the one path that ends with its slash.
                position = 1;
                hash = hash(hash, path, 0, 1);
                return find(path, 1, hash);
            }
            int end = path.indexOf('/', position);
            int ancestor = hash(hash, path, position, end);
            hash = hash(ancestor, path, end, end + 1);
            position = end + 1;
            return find(path, end, ancestor);
        }
    }
}
