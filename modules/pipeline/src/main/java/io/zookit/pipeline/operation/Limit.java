package io.zookit.pipeline.operation;

/** The limits that clients can run into. What each did is counted and said by {@code LimitBites}. */
public enum Limit {
    /** Connections from one address. */
    CONNECTIONS_PER_ADDRESS("connections_per_address_rejected", "maxClientCnxns"),
    /** Connections in total. */
    CONNECTIONS("connections_total_rejected", "maxCnxns"),
    /** New sessions in a time. */
    CONNECTION_RATE("connection_rate_rejected", "connection_throttle_tokens"),
    /** The length of a frame. */
    FRAME_BYTES("frames_too_long_rejected", "jute.maxbuffer"),
    /** Requests taken in and not answered. */
    REQUESTS("request_throttle_wait_count", "globalOutstandingLimit"),
    /** Bytes of large requests taken in and not answered. */
    LARGE_REQUEST_BYTES("large_requests_delayed", "largeRequestMaxBytes"),
    /** How long a request may have waited when its turn comes. */
    WAITING_TIME("throttled_ops", "throttled_op_wait_time"),
    /** How long somebody waits for a request. */
    STALE("stale_requests_dropped", "request_throttle_drop_stale"),
    /** Proving who one is before anything else. */
    PROOF("unauthenticated_requests_rejected", "enforce.auth.schemes"),
    /** Watches of one connection. */
    WATCHES("watches_rejected", "limits.watchesPerConnection"),
    /** Ephemeral znodes of one session. */
    EPHEMERALS("ephemerals_rejected", "limits.ephemeralsPerSession"),
    /** A quota that is only told about. */
    QUOTA("quota_exceeded_warnings", "enforceQuota"),
    /** A quota that is kept. */
    HARD_QUOTA("quota_exceeded_errors", "enforceQuota"),
    /** Room on the disk of the log. */
    FREE_SPACE("low_space_writes_rejected", "limits.freeSpaceFloorBytes");

    private final String counter;
    private final String key;

    Limit(String counter, String key) {
        this.counter = counter;
        this.key = key;
    }

    /** Whether it only makes clients wait, which is what it is for and no reason to warn. */
    public boolean onlyDelays() {
        return this == REQUESTS || this == LARGE_REQUEST_BYTES;
    }

    /** The name under which monitoring finds how often it bit. */
    public String counter() {
        return counter;
    }

    /** The configuration key that sets it. */
    public String key() {
        return key;
    }
}
