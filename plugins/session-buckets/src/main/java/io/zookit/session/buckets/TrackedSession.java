package io.zookit.session.buckets;

import org.jspecify.annotations.Nullable;

/** One session and its place in a bucket. */
final class TrackedSession extends Keyed {
    /** The bucket it is in; changed by {@link Bucket} only. */
    @Nullable
    Bucket bucket;

    @Nullable
    TrackedSession previous;

    @Nullable
    TrackedSession next;

    TrackedSession(long sessionId) {
        super(sessionId);
    }
}
