package io.zookit.pipeline;

import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.model.Txn;
import io.zookit.pipeline.InFlight.RequestFacts;
import io.zookit.pipeline.operation.AccessControl;
import io.zookit.pipeline.operation.Operation;
import io.zookit.pipeline.operation.ReadContext;
import io.zookit.pipeline.operation.ReadOperation;
import io.zookit.pipeline.operation.Request;
import io.zookit.pipeline.operation.RequestLimits;
import io.zookit.pipeline.operation.WriteOperation;
import io.zookit.tree.Outcome;
import io.zookit.wire.JuteWriter;
import java.util.ArrayDeque;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Answers requests in the order of their connection: what comes while nothing is unanswered is answered at once, anything else
 * waits behind it. The part of APPLY and PREPARE that decides when REPLY may speak. Runs on the owner of the state.
 */
final class AnswerStep {
    private static final long UNKNOWN_OPERATION_ZXID = -1;
    /** In replies that say nothing about the state (client protocol, sasl). */
    private static final long NO_ZXID = 0;

    private final ReplicaState state;
    private final AccessControl access;
    private final ReplyStage replies;
    private final DecodeStage decode;
    private final Statistics statistics;
    private final RequestLimits limits;
    private final ArrayDeque<InFlight> barriers = new ArrayDeque<>();
    private long nowNanos;

    AnswerStep(
            ReplicaState state,
            AccessControl access,
            ReplyStage replies,
            DecodeStage decode,
            Statistics statistics,
            RequestLimits limits) {
        this.state = state;
        this.access = access;
        this.replies = replies;
        this.decode = decode;
        this.statistics = statistics;
        this.limits = limits;
    }

    /** A turn begins; latencies of its replies end at this time. */
    void turnBegins(long nanos) {
        nowNanos = nanos;
    }

    /** When the turn began. */
    long turnNanos() {
        return nowNanos;
    }

    /**
     * Answers a request that changes nothing, or has it wait.
     *
     * @param readyZxid what must have been applied first
     */
    void answerOrWait(ClientConnection connection, RequestFacts facts, long readyZxid) {
        if (connection.waitingCount() == 0 && readyZxid <= state.tree().lastZxid()) {
            answer(connection, facts);
            return;
        }
        InFlight waiting = InFlight.read(connection, facts, readyZxid);
        connection.waiting().add(waiting);
        if (readyZxid > state.tree().lastZxid()) {
            barriers.add(waiting);
        }
    }

    /** Something of this connection has become ready: answers what stands at the front and may go. */
    void release(ClientConnection connection) {
        ArrayDeque<InFlight> waiting = connection.waiting();
        InFlight first;
        while ((first = waiting.peek()) != null
                && first.readyZxid() <= state.tree().lastZxid()) {
            waiting.poll();
            if (first.isWrite()) {
                answerWrite(connection, first);
            } else {
                answer(connection, first.facts());
            }
        }
    }

    /** Lets requests go that waited for a zxid and not for a reply of their own connection. */
    void releaseBarriers() {
        InFlight first;
        while ((first = barriers.peek()) != null
                && first.readyZxid() <= state.tree().lastZxid()) {
            barriers.poll();
            release(Objects.requireNonNull(first.connection(), "connection"));
        }
    }

    /** Nobody waits any more. */
    void end() {
        barriers.clear();
    }

    /** A request will not be answered, or has been: gives back what it held. */
    void done(RequestFacts facts) {
        decode.release(facts.heldBytes());
    }

    private void answer(ClientConnection connection, RequestFacts facts) {
        Operation<?> operation = facts.operation();
        if (operation == null) {
            replies.reply(connection, facts.xid(), UNKNOWN_OPERATION_ZXID, ErrorCode.UNIMPLEMENTED);
            replies.close(connection);
        } else if (!connection.isClosed()) {
            answerRead(connection, (ReadOperation<?>) operation, facts);
            if (operation.code() == OpCode.CLOSE_SESSION) {
                // The end of a session that nobody else knew.
                replies.close(connection);
            }
        }
        answered(connection, facts, operation == null ? null : operation.code(), false);
    }

    private <R extends Request> void answerRead(
            ClientConnection connection, ReadOperation<R> operation, RequestFacts facts) {
        // The decoder made this request for this operation: the pair came over the ring together.
        @SuppressWarnings("unchecked")
        @Nullable
        R request = (R) facts.request();
        long zxid = operation.code() == OpCode.SASL ? NO_ZXID : state.tree().lastZxid();
        if (request == null) {
            replies.reply(connection, facts.xid(), zxid, ErrorCode.MARSHALLING_ERROR);
        } else {
            ReadContext context = new ReadContext(state.tree(), state.watches(), access, connection, limits);
            replies.reply(connection, facts.xid(), zxid, writer -> operation.answer(request, context, writer));
        }
    }

    private void answerWrite(ClientConnection connection, InFlight write) {
        RequestFacts facts = write.facts();
        Operation<?> operation = facts.operation();
        if (operation != null) {
            replies.reply(
                    connection,
                    facts.xid(),
                    state.tree().lastZxid(),
                    writer -> body((WriteOperation<?>) operation, write, writer));
            if (operation.code() == OpCode.CLOSE_SESSION && write.txn() instanceof Txn.CloseSession) {
                replies.close(connection);
            }
            answered(connection, facts, write.txn() instanceof Txn.Rejected ? null : operation.code(), true);
        } else {
            // Its session has begun, and it may be silent from now on.
            connection.endWaiting();
        }
    }

    private static ErrorCode body(WriteOperation<?> operation, InFlight write, JuteWriter writer) {
        Outcome outcome = write.outcome();
        if (outcome.error() == ErrorCode.OK) {
            operation.writeReply(write.txn(), outcome, writer);
        }
        return outcome.error();
    }

    private void answered(ClientConnection connection, RequestFacts facts, @Nullable OpCode operation, boolean update) {
        long latencyNanos = Math.max(0, nowNanos - facts.receivedNanos());
        statistics.latency(latencyNanos, update);
        connection.statistics().answered(operation, facts.xid(), state.tree().lastZxid(), nowNanos, latencyNanos);
        done(facts);
    }
}
