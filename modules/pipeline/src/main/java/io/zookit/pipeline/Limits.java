package io.zookit.pipeline;

import java.util.Set;

/**
 * The limits of a pipeline beside its rings and connections, and who must have proved what.
 *
 * @param requiredSchemes a client's request is refused until it has an identity of one of these schemes; empty: whoever comes
 *     ({@code enforce.auth.schemes})
 * @param enforceQuota whether a write above a hard quota fails
 * @param largeRequestBytes from which length on a request counts against the bytes in flight
 * @param waitMillisMax how long a request may have waited when its turn comes, 0 for any time ({@code throttled_op_wait_time})
 * @param staleness which requests are dropped because nobody waits for them ({@code request_throttle_drop_stale})
 * @param watchesPerConnection watches of one connection, 0 for any number
 * @param ephemeralsPerSession ephemeral znodes of one session, 0 for any number
 * @param freeSpaceFloorBytes room below which writes of clients are refused, 0 for none
 * @param connections how fast new connections may come
 */
public record Limits(
        Set<String> requiredSchemes,
        boolean enforceQuota,
        int largeRequestBytes,
        int waitMillisMax,
        Staleness staleness,
        int watchesPerConnection,
        int ephemeralsPerSession,
        long freeSpaceFloorBytes,
        ConnectionRate connections) {
    /** Requests up to this length are bounded well enough by the number of slots. */
    public static final int SMALL_REQUEST_BYTES = 4 << 10;

    /** No limit at all. */
    public static Limits none() {
        return new Limits(Set.of(), false, SMALL_REQUEST_BYTES, 0, Staleness.NONE, 0, 0, 0, ConnectionRate.UNLIMITED);
    }
}
