package io.zookit.pipeline;

import io.zookit.model.ErrorCode;
import io.zookit.model.Id;
import io.zookit.model.OpCode;
import io.zookit.pipeline.InFlight.RequestFacts;
import io.zookit.pipeline.operation.Limit;
import io.zookit.pipeline.operation.LimitListener;
import io.zookit.pipeline.operation.Operation;
import io.zookit.pipeline.operation.Refusal;
import io.zookit.pipeline.operation.Request;
import io.zookit.pipeline.operation.WriteOperation;
import io.zookit.session.Session;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a request is looked at at all: whether its client has proved enough, whether anybody waits for it, whether it has
 * waited too long, and whether there is room for what it writes. What is refused here becomes no transaction. Runs on the owner of the state.
 */
final class AdmitStep {
    private final Set<String> requiredSchemes;
    private final long waitNanosMax;
    private final Staleness staleness;
    private final boolean drops;
    private final FreeSpaceStep freeSpace;
    private final LimitListener listener;

    AdmitStep(Limits limits, FreeSpaceStep freeSpace, LimitListener listener) {
        this.requiredSchemes = Set.copyOf(limits.requiredSchemes());
        this.waitNanosMax =
                limits.waitMillisMax() == 0 ? Long.MAX_VALUE : TimeUnit.MILLISECONDS.toNanos(limits.waitMillisMax());
        this.staleness = limits.staleness();
        this.drops = staleness.drops();
        this.freeSpace = freeSpace;
        this.listener = listener;
    }

    /** Whether a client still has to prove who it is before it may ask for something. */
    boolean needsProof(ClientConnection connection) {
        if (requiredSchemes.isEmpty()) {
            return false;
        }
        for (Id identity : connection.identities()) {
            if (requiredSchemes.contains(identity.scheme())) {
                return false;
            }
        }
        return true;
    }

    /** A request is turned away, because its client has proved nothing that counts. */
    void turnsAway(ClientConnection connection) {
        listener.bit(
                Limit.PROOF,
                () -> connection.peer().remoteAddress() + " closed: it has to authenticate by one of "
                        + requiredSchemes);
    }

    /**
     * Whether nobody waits for a request, so that it is dropped.
     *
     * @param nowNanos when the turn began
     */
    boolean drops(ClientConnection connection, RequestEvent event, long nowNanos) {
        return drops && isStale(connection, event, nowNanos);
    }

    private boolean isStale(ClientConnection connection, RequestEvent event, long nowNanos) {
        if (event.kind() == RequestEvent.Kind.REQUEST && event.operation().code() == OpCode.CLOSE_SESSION) {
            return false;
        }
        if (staleness.ofGoneConnections() && connection.isClosed()) {
            return true;
        }
        Session<ClientConnection> session = connection.session();
        return staleness.afterSessionTimeout()
                && session != null
                && nowNanos - event.receivedNanos() > TimeUnit.MILLISECONDS.toNanos(session.timeoutMillis());
    }

    /** A request was dropped. */
    void dropped(ClientConnection connection) {
        listener.bit(
                Limit.STALE, () -> connection.peer().remoteAddress() + ": a request that nobody waits for was dropped");
    }

    /**
     * What a request gets instead of being carried out; {@code null} when it is to be carried out.
     *
     * @param nowNanos when the turn began
     */
    @Nullable
    Refusal refusal(ClientConnection connection, RequestFacts facts, Operation<?> operation, long nowNanos) {
        if (nowNanos - facts.receivedNanos() > waitNanosMax && mayBeDropped(operation)) {
            listener.bit(
                    Limit.WAITING_TIME,
                    () -> connection.peer().remoteAddress() + ": a request had waited too long; not carried out");
            return new Refusal(operation.code(), ErrorCode.THROTTLED_OP);
        }
        if (freeSpace.isLow() && operation instanceof WriteOperation<?> write && grows(write, facts)) {
            listener.bit(
                    Limit.FREE_SPACE,
                    () -> connection.peer().remoteAddress() + ": a write was refused, because the disk is nearly full");
            return new Refusal(operation.code(), ErrorCode.THROTTLED_OP);
        }
        return null;
    }

    /** A ping keeps a session alive, and its end frees what it holds: both help against what throttling is for. */
    private static boolean mayBeDropped(Operation<?> operation) {
        return operation.code() != OpCode.PING && operation.code() != OpCode.CLOSE_SESSION;
    }

    private static <R extends Request> boolean grows(WriteOperation<R> operation, RequestFacts facts) {
        // The decoder made this request for this operation: the pair came over the ring together.
        @SuppressWarnings("unchecked")
        R request = (R) facts.request();
        return request != null && operation.grows(request);
    }
}
