package io.zookit.session;

/**
 * Gives out session ids: the number of the server in the high byte, then the time of the start, then a count (client protocol,
 * session id). So ids of different servers, and of the same server after a restart, do not meet. Owned by one thread at a time.
 */
public final class SessionIds {
    private static final long SERVER_SHIFT = 56;

    private final long serverByte;
    private long next;

    /**
     * @param serverId the number of the server, 0 to 255; a standalone server is 1
     * @param wallMillis the time of the start, milliseconds since 1970
     */
    public SessionIds(long serverId, long wallMillis) {
        next = (serverId << SERVER_SHIFT) | ((wallMillis << 24) >>> 8);
        serverByte = next >>> SERVER_SHIFT;
    }

    /** Whether an id is of the kind that this server gives out. */
    public boolean isOurs(long sessionId) {
        return sessionId >>> SERVER_SHIFT == serverByte;
    }

    /** The next id. Never 0, which asks for a new session, nor {@link Long#MIN_VALUE}, which marks containers. */
    public long next() {
        long id = next++;
        return id == 0 || id == Long.MIN_VALUE ? next() : id;
    }
}
