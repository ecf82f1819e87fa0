package io.zookit.pipeline;

import java.util.Queue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Closes connections that do not get a session in time. All have the same time, so the oldest is always the first. Runs on the
 * owner of the state.
 */
final class HandshakeStep {
    private static final Logger LOG = LoggerFactory.getLogger(HandshakeStep.class);

    private final Queue<ClientConnection> accepted;
    private final int timeoutMillis;
    private final Statistics statistics;

    HandshakeStep(AcceptStage accept, int timeoutMillis, Statistics statistics) {
        this.accepted = accept.accepted();
        this.timeoutMillis = timeoutMillis;
        this.statistics = statistics;
    }

    void closeLate(long nowMillis) {
        ClientConnection oldest;
        while ((oldest = accepted.peek()) != null) {
            boolean settled = oldest.isClosed() || oldest.session() != null;
            if (!settled && nowMillis < oldest.acceptedMillis() + timeoutMillis) {
                return;
            }
            accepted.poll();
            if (!settled) {
                LOG.debug("{} closed: no session after {} ms", oldest.peer().remoteAddress(), timeoutMillis);
                statistics.countConnectionWithoutSessionExpired();
                oldest.transport().close();
            }
        }
    }

    /** When the next one is late; {@link Long#MAX_VALUE} when nobody is on the way. */
    long nextDeadlineMillis() {
        ClientConnection oldest = accepted.peek();
        return oldest == null ? Long.MAX_VALUE : oldest.acceptedMillis() + timeoutMillis;
    }
}
