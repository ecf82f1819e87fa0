package io.zookit.session.buckets;

import org.jspecify.annotations.Nullable;

/** The sessions that expire at the same time, in the order they came, linked through themselves so that leaving costs nothing. */
final class Bucket extends Keyed implements Comparable<Bucket> {
    private @Nullable TrackedSession first;
    private @Nullable TrackedSession last;

    Bucket(long deadlineMillis) {
        super(deadlineMillis);
    }

    long deadlineMillis() {
        return key;
    }

    boolean isEmpty() {
        return first == null;
    }

    @Nullable
    TrackedSession first() {
        return first;
    }

    /** Takes in a session that is in no bucket. */
    void add(TrackedSession session) {
        session.bucket = this;
        session.previous = last;
        if (last == null) {
            first = session;
        } else {
            last.next = session;
        }
        last = session;
    }

    /** Lets go a session that is in this bucket. */
    void remove(TrackedSession session) {
        TrackedSession before = session.previous;
        TrackedSession after = session.next;
        if (before == null) {
            first = after;
        } else {
            before.next = after;
        }
        if (after == null) {
            last = before;
        } else {
            after.previous = before;
        }
        session.bucket = null;
        session.previous = null;
        session.next = null;
    }

    @Override
    public int compareTo(Bucket other) {
        return Long.compare(key, other.key);
    }
}
