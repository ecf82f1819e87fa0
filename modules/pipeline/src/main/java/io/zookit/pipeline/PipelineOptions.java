package io.zookit.pipeline;

import java.util.Set;

/**
 * The limits and switches of a pipeline.
 *
 * @param requestRingSize requests decoded and not taken up yet, a power of two
 * @param logRingSize transactions proposed and not applied yet, a power of two; also the credits for writes in flight
 * @param frameBytesMax the longest frame a client may send ({@code jute.maxbuffer})
 * @param bytesInFlightMax bytes of large requests between DECODE and REPLY before sockets are not read any more
 * @param pendingBytesMax bytes a client may leave unread before it is cut off
 * @param sessionTimeoutMillisMin the shortest session timeout granted
 * @param sessionTimeoutMillisMax the longest session timeout granted
 * @param handshakeTimeoutMillis how long a connection may stay without a session
 * @param authTimeoutMillis how long an authentication scheme may take
 * @param connectionsPerAddressMax connections from one address, 0 for any number
 * @param connectionsMax connections in total, 0 for any number
 * @param snapshots when a snapshot is due
 * @param snapshotsRetained snapshots that stay when a new one was written, 0 to keep all and purge nothing
 * @param skipAcl whether every ACL check passes
 * @param extendedTypes whether TTL znodes are switched on
 * @param digest whether the digest of the tree is kept and logged
 * @param reconfigEnabled whether clients may change the members of an ensemble; a server without one only tells why it does not
 * @param sweep when empty containers and expired TTL znodes are removed
 * @param ensemble what a member of an ensemble does in its roles
 * @param limits the further limits
 * @param words the four-letter words that are answered; {@code *} stands for all
 * @param description what the server says about itself
 */
public record PipelineOptions(
        int requestRingSize,
        int logRingSize,
        int frameBytesMax,
        long bytesInFlightMax,
        long pendingBytesMax,
        int sessionTimeoutMillisMin,
        int sessionTimeoutMillisMax,
        int handshakeTimeoutMillis,
        int authTimeoutMillis,
        int connectionsPerAddressMax,
        int connectionsMax,
        SnapshotPolicy snapshots,
        int snapshotsRetained,
        boolean skipAcl,
        boolean extendedTypes,
        boolean digest,
        boolean reconfigEnabled,
        SweepPolicy sweep,
        EnsembleOptions ensemble,
        Limits limits,
        Set<String> words,
        ServerDescription description) {}
