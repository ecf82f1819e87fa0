/**
 * Session expiry by buckets: sessions that are to expire at about the same time share a bucket, and a check looks at nothing but the
 * buckets whose time has come.
 *
 * <pre>
 *   BucketExpiryProvider   the plugin
 *   BucketExpiry           rounds deadlines up, moves sessions between buckets, empties those that are due
 *     LongTable            session id -> TrackedSession, deadline -> Bucket, without boxing
 * </pre>
 */
@NullMarked
package io.zookit.session.buckets;

import org.jspecify.annotations.NullMarked;
