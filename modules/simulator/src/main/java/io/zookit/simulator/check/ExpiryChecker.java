package io.zookit.simulator.check;

import java.util.HashMap;
import java.util.Map;

/**
 * I14: no session is ended for its silence before it was silent for its timeout, as far as the leader could know, and a new leader
 * gives every session its whole timeout; nobody else ends one. Clocks may differ by a thousandth.
 */
final class ExpiryChecker implements Checker {
    /** By server and session. */
    private final Map<String, Long> touchedMicros = new HashMap<>();
    /** By server: since when it leads. */
    private final Map<Long, Long> ledSinceMicros = new HashMap<>();

    private long nowMicros;

    @Override
    public void touched(ServerView server, long sessionId, long trueMicros) {
        touchedMicros.put(server.id() + "/" + sessionId, trueMicros);
    }

    /** Time goes on; told before {@link #leads}. */
    void now(long trueMicros) {
        nowMicros = trueMicros;
    }

    @Override
    public void leads(ServerView server, long epoch) {
        ledSinceMicros.put(server.id(), nowMicros);
    }

    @Override
    public void expires(ServerView server, long sessionId, int timeoutMillis, long trueMicros) {
        if (!server.leads()) {
            throw new Violation("I14", "server " + server.id() + " ends a session and does not lead");
        }
        long heard = Math.max(
                touchedMicros.getOrDefault(server.id() + "/" + sessionId, 0L),
                ledSinceMicros.getOrDefault(server.id(), trueMicros));
        long silenceMillis = (trueMicros - heard) / 1000;
        if (silenceMillis < timeoutMillis - timeoutMillis / 1000 - 2) {
            throw new Violation(
                    "I14",
                    "server " + server.id() + " ends session 0x" + Long.toHexString(sessionId) + " after "
                            + silenceMillis + " of " + timeoutMillis + " ms");
        }
    }
}
