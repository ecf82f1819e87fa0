package io.zookit.tree;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The children of one znode, found by name: linear hashing with chains through {@link Znode#next}.
 *
 * <p>Buckets are split and merged one at a time, a step or two with each change. So a directory of a million children never
 * stops the server to rehash, costs one reference per child, and gives its memory back while it is emptied.
 *
 * <p>While a walk goes through the buckets in ascending order, children may be added: a split moves some to a bucket further on,
 * where the walk meets them again, but never to one it has passed. A merge would; it must be put off until the walk is over.
 */
final class ChildTable {
    private static final int FIRST_BUCKETS = 2;
    private static final int SEGMENT_BITS = 10;
    private static final int SEGMENT_BUCKETS = 1 << SEGMENT_BITS;
    private static final int STEPS_PER_CHANGE = 2;
    /** More than hashes can tell apart; beyond it, chains grow. */
    private static final int BUCKETS_MAX = 1 << NameHash.BITS;

    /** Only the first segment may be shorter than {@link #SEGMENT_BUCKETS}, and only while it is alone. */
    private @Nullable Znode[][] segments = {new Znode[FIRST_BUCKETS]};

    private int bucketCount = FIRST_BUCKETS;
    private int size;

    int size() {
        return size;
    }

    int bucketCount() {
        return bucketCount;
    }

    /** The first child of a bucket. */
    @Nullable
    Znode bucket(int index) {
        return segments[index >>> SEGMENT_BITS][index & (SEGMENT_BUCKETS - 1)];
    }

    private void setBucket(int index, @Nullable Znode first) {
        segments[index >>> SEGMENT_BITS][index & (SEGMENT_BUCKETS - 1)] = first;
    }

    /** The child named by the characters {@code from} to {@code to} of a path, whose hash is given. */
    @Nullable
    Znode find(String path, int from, int to, int hash) {
        Znode child = bucket(indexOf(hash));
        while (child != null && !(child.nameHash() == hash && child.isNamed(path, from, to))) {
            child = child.next;
        }
        return child;
    }

    /** Adds a child whose name, with that hash, is not there yet. */
    void add(Znode child, int hash) {
        child.nameHash(hash);
        link(child, indexOf(hash));
        size++;
        for (int step = 0; step < STEPS_PER_CHANGE && size > bucketCount && bucketCount < BUCKETS_MAX; step++) {
            split();
        }
    }

    /** Takes a child out that is there. */
    void remove(Znode child, boolean mayShrink) {
        int index = indexOf(child.nameHash());
        Znode previous = null;
        Znode current = bucket(index);
        while (current != null && current != child) {
            previous = current;
            current = current.next;
        }
        if (current == null) {
            throw new IllegalStateException("the child " + child.name() + " is not in its bucket");
        }
        if (previous == null) {
            setBucket(index, child.next);
        } else {
            previous.next = child.next;
        }
        child.next = null;
        size--;
        for (int step = 0; mayShrink && step < STEPS_PER_CHANGE && size < bucketCount / 2; step++) {
            merge();
        }
    }

    private int indexOf(int hash) {
        int mask = -1 >>> Integer.numberOfLeadingZeros(bucketCount - 1);
        int index = hash & mask;
        return index < bucketCount ? index : index & (mask >>> 1);
    }

    private void link(Znode child, int index) {
        child.next = bucket(index);
        setBucket(index, child);
    }

    /** Opens one more bucket and moves there what belongs there; all of it comes from one other bucket. */
    private void split() {
        int opened = bucketCount;
        ensureRoom(opened);
        bucketCount++;
        int source = opened - Integer.highestOneBit(opened);
        Znode child = bucket(source);
        setBucket(source, null);
        while (child != null) {
            Znode following = child.next;
            link(child, indexOf(child.nameHash()));
            child = following;
        }
    }

    /** Closes the last bucket and moves what was there to where it had been split from. */
    private void merge() {
        if (bucketCount <= FIRST_BUCKETS) {
            return;
        }
        int closed = bucketCount - 1;
        Znode child = bucket(closed);
        setBucket(closed, null);
        bucketCount--;
        int target = closed - Integer.highestOneBit(closed);
        while (child != null) {
            Znode following = child.next;
            link(child, target);
            child = following;
        }
        giveRoomBack();
    }

    private void ensureRoom(int index) {
        int segment = index >>> SEGMENT_BITS;
        if (segment == 0) {
            Znode[] only = segments[0];
            if (index >= only.length) {
                segments[0] = Arrays.copyOf(only, only.length * 2);
            }
            return;
        }
        if (segment >= segments.length) {
            segments = Arrays.copyOf(segments, segments.length * 2);
        }
        if (segments[segment] == null) {
            segments[segment] = new Znode[SEGMENT_BUCKETS];
        }
    }

    /** Keeps one spare segment, so that going back and forth over a boundary costs nothing. */
    private void giveRoomBack() {
        int used = ((bucketCount - 1) >>> SEGMENT_BITS) + 1;
        if (used + 1 < segments.length) {
            segments[used + 1] = null;
            if (used < segments.length / 4) {
                segments = Arrays.copyOf(segments, segments.length / 2);
            }
        }
        if (used == 1 && bucketCount < segments[0].length / 4) {
            segments[0] = Arrays.copyOf(segments[0], segments[0].length / 2);
        }
    }
}
