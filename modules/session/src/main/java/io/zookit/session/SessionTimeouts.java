package io.zookit.session;

import io.zookit.model.Check;

/** The rule by which a session timeout is negotiated: what the client asks for, within the server's bounds. */
public final class SessionTimeouts {
    private SessionTimeouts() {}

    /**
     * The timeout a client gets (client protocol, connect).
     *
     * @param askedMillis what it asks for; anything, also negative
     * @param minMillis the shortest granted, more than 0
     * @param maxMillis the longest granted
     * @return the nearest that is granted
     */
    public static int negotiate(int askedMillis, int minMillis, int maxMillis) {
        Check.state(0 < minMillis && minMillis <= maxMillis, "session timeouts need 0 < shortest <= longest");
        return Math.max(minMillis, Math.min(maxMillis, askedMillis));
    }
}
