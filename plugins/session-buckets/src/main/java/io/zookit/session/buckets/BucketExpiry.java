package io.zookit.session.buckets;

import io.zookit.model.Check;
import io.zookit.spi.session.SessionExpiry;
import java.util.PriorityQueue;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Session expiry by buckets. A session that is heard at time {@code now} is due at {@code t = now + timeout}, rounded up to the next
 * multiple of the interval: {@code (t / interval + 1) * interval}. All sessions with the same rounded deadline share a bucket.
 *
 * <p>Most touches find the session in the right bucket already and change nothing; a session moves at most once in an interval. A
 * check costs as much as there are sessions to expire, however many are alive. A session expires after its timeout, never before,
 * and at most one interval late.
 */
final class BucketExpiry implements SessionExpiry {
    private final int intervalMillis;
    private final LongTable<TrackedSession> sessions = new LongTable<>();
    private final LongTable<Bucket> buckets = new LongTable<>();
    /** All buckets, the next to come due first. Those left by all their sessions stay until they are first. */
    private final PriorityQueue<Bucket> order = new PriorityQueue<>();

    /**
     * Without any session.
     *
     * @param intervalMillis the width of a bucket, from 1
     */
    BucketExpiry(int intervalMillis) {
        Check.state(intervalMillis > 0, "the interval is at least 1 ms");
        this.intervalMillis = intervalMillis;
    }

    @Override
    public void touch(long sessionId, int timeoutMillis, long nowMillis) {
        Check.state(timeoutMillis > 0, "a session timeout is more than 0");
        long deadlineMillis = roundUp(nowMillis + timeoutMillis);
        TrackedSession session = sessions.find(sessionId);
        if (session == null) {
            session = new TrackedSession(sessionId);
            sessions.add(session);
        }
        Bucket current = session.bucket;
        if (current != null) {
            if (current.deadlineMillis() == deadlineMillis) {
                return;
            }
            current.remove(session);
        }
        bucket(deadlineMillis).add(session);
    }

    /** The next multiple of the interval after a time; also right for times before 0, which a monotonic clock may show. */
    private long roundUp(long timeMillis) {
        return (Math.floorDiv(timeMillis, (long) intervalMillis) + 1) * intervalMillis;
    }

    private Bucket bucket(long deadlineMillis) {
        Bucket bucket = buckets.find(deadlineMillis);
        if (bucket == null) {
            bucket = new Bucket(deadlineMillis);
            buckets.add(bucket);
            order.add(bucket);
        }
        return bucket;
    }

    @Override
    public void remove(long sessionId) {
        TrackedSession session = sessions.remove(sessionId);
        if (session != null && session.bucket != null) {
            session.bucket.remove(session);
        }
    }

    @Override
    public void expired(long nowMillis, LongConsumer sessionId) {
        for (Bucket due = nextBucket(); due != null && due.deadlineMillis() <= nowMillis; due = nextBucket()) {
            // One at a time from the front: the consumer may touch and remove sessions of this very bucket.
            TrackedSession session = due.first();
            if (session != null) {
                remove(session.key);
                sessionId.accept(session.key);
            }
        }
    }

    @Override
    public long nextDeadlineMillis() {
        Bucket next = nextBucket();
        return next == null ? Long.MAX_VALUE : next.deadlineMillis();
    }

    /** The bucket that comes due next and has sessions; forgets the empty ones before it. */
    private @Nullable Bucket nextBucket() {
        Bucket next = order.peek();
        while (next != null && next.isEmpty()) {
            order.remove();
            buckets.remove(next.deadlineMillis());
            next = order.peek();
        }
        return next;
    }

    @Override
    public long deadlineMillis(long sessionId) {
        TrackedSession session = sessions.find(sessionId);
        return session == null || session.bucket == null ? -1 : session.bucket.deadlineMillis();
    }

    /** How many buckets there are, empty ones that nobody has come across included. */
    int bucketCount() {
        return buckets.size();
    }
}
