package io.zookit.session;

/** The rule by which a session timeout is negotiated: what the client asks for, within the server's bounds. */
public final class SessionTimeouts {
    private SessionTimeouts() {}

    /**
     * @param askedMillis what the client asks for; may be anything
     * @param minMillis the shortest granted
     * @param maxMillis the longest granted, not below {@code minMillis}
     */
    public static int negotiate(int askedMillis, int minMillis, int maxMillis) {
        return Math.max(minMillis, Math.min(maxMillis, askedMillis));
    }
}
