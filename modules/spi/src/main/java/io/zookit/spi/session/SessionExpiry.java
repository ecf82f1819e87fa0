package io.zookit.spi.session;

import java.util.function.LongConsumer;

/**
 * Names the sessions that have been silent for longer than their timeout. It only names them: closing a session is a transaction
 * like any other.
 *
 * <p>Pure: time is an argument, in milliseconds of the monotonic clock. Called by the owner of the replicated state only.
 */
public interface SessionExpiry {
    /**
     * A session is alive: it began or was heard from.
     *
     * @param sessionId the session; unknown ones are taken up
     * @param timeoutMillis its timeout, more than 0
     * @param nowMillis the time it was heard
     */
    void touch(long sessionId, int timeoutMillis, long nowMillis);

    /** Forgets a session. Unknown ones are ignored. */
    void remove(long sessionId);

    /**
     * Names every session that has expired by {@code nowMillis} and forgets it. No session is named before its timeout has
     * passed since its last touch. While it is told, the consumer may touch and remove any session.
     */
    void expired(long nowMillis, LongConsumer sessionId);

    /** The earliest time at which {@link #expired} could name somebody; {@link Long#MAX_VALUE} when nobody is known. */
    long nextDeadlineMillis();

    /**
     * When a session would expire if it stayed silent, for the {@code dump} of the server.
     *
     * @return milliseconds of the monotonic clock, -1 for an unknown session
     */
    long deadlineMillis(long sessionId);
}
