package io.zookit.pipeline;

import io.zookit.model.ErrorCode;
import io.zookit.pipeline.InFlight.RequestFacts;
import io.zookit.pipeline.operation.Operation;
import io.zookit.pipeline.operation.Refusal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Serves clients that want to read only while there has been no leader for some time: from what this server has, which may be old.
 * Their sessions are local ones and end with the mode (client protocol, read-only). Runs on the owner of the state.
 */
final class ReadOnlyStep {
    private static final Logger LOG = LoggerFactory.getLogger(ReadOnlyStep.class);

    private final ServerRole role;
    private final AnswerStep answers;
    private final int afterMillis;
    private long beginMillis = Long.MAX_VALUE;

    /**
     * @param afterMillis how long there has to be no leader, {@link EnsembleOptions#NEVER} for without end
     */
    ReadOnlyStep(ServerRole role, AnswerStep answers, int afterMillis) {
        this.role = role;
        this.answers = answers;
        this.afterMillis = afterMillis;
    }

    /** There is no leader from now on. */
    void lookingSince(long millis) {
        if (!role.isAlone() && afterMillis != EnsembleOptions.NEVER) {
            beginMillis = millis + afterMillis;
        }
    }

    /** A turn takes place: the mode may begin. */
    void work(long millis) {
        if (millis >= beginMillis) {
            beginMillis = Long.MAX_VALUE;
            role.readOnly(true);
            LOG.warn("there is no leader: clients that want to read only are served, others are not");
        }
    }

    /** When {@link #work} is needed next, in milliseconds of the monotonic clock. */
    long nextDeadlineMillis() {
        return beginMillis;
    }

    /**
     * The mode ends, or does not begin any more. The caller lets the clients go.
     *
     * @return whether it had begun
     */
    boolean end() {
        boolean begun = role.readsOnly();
        role.readOnly(false);
        beginMillis = Long.MAX_VALUE;
        return begun;
    }

    /** Refuses what would change something, and what needs a leader. */
    void refuse(ClientConnection connection, Operation<?> operation, RequestFacts facts) {
        answers.answerOrWait(
                connection, facts.refused(new Refusal(operation.code(), ErrorCode.NOT_READ_ONLY)), InFlight.AT_FRONT);
    }
}
