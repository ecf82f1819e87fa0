package io.zookit.pipeline;

import io.zookit.model.Id;
import io.zookit.pipeline.operation.Caller;
import io.zookit.session.Session;
import io.zookit.spi.transport.Connection;
import io.zookit.spi.transport.PeerFacts;
import io.zookit.watch.WatchEventType;
import io.zookit.wire.JuteWriter;
import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client's connection as the pipeline knows it. Its fields have two owners: those of DECODE belong to the connection's transport
 * thread, all others to the owner of the replicated state. Only {@link #isClosed} is shared.
 */
final class ClientConnection implements Caller {
    /** How far the conversation has come, for DECODE. */
    enum Phase {
        /** Nothing was said yet: a word or a connect request comes. */
        NEW,
        /** The session is being decided; nothing is read. */
        CONNECTING,
        /** Requests come. */
        OPEN,
        /** Nothing more is taken: the connection is about to close. */
        ENDED
    }

    private final Connection transport;
    private final ReplyStage replies;
    private final long acceptedMillis;
    private volatile boolean closed;

    // DECODE
    private Phase phase = Phase.NEW;
    private long readNanos;
    private long receivedBytes;

    // Owner of the state
    private @Nullable Session<ClientConnection> session;
    private boolean answersReadOnlyByte;
    private List<Id> identities;
    /** Most connections are idle, and have no need for one. */
    private @Nullable ArrayDeque<InFlight> waiting;

    private @Nullable JuteWriter output;
    private final ConnectionStatistics statistics = new ConnectionStatistics();
    private boolean heard;
    private boolean letGo;
    private @Nullable ArrayDeque<InFlight> away;
    private long nextTouchMillis = Long.MIN_VALUE;

    ClientConnection(Connection transport, ReplyStage replies, List<Id> identities, long acceptedMillis) {
        this.transport = transport;
        this.replies = replies;
        this.identities = identities;
        this.acceptedMillis = acceptedMillis;
    }

    Connection transport() {
        return transport;
    }

    PeerFacts peer() {
        return transport.peer();
    }

    /** When it was accepted, in milliseconds of the monotonic clock. */
    long acceptedMillis() {
        return acceptedMillis;
    }

    /** Whether the other end is gone. Any thread. */
    boolean isClosed() {
        return closed;
    }

    void markClosed() {
        closed = true;
    }

    Phase phase() {
        return phase;
    }

    void phase(Phase next) {
        phase = next;
    }

    /** When the bytes being decoded were read. */
    long readNanos() {
        return readNanos;
    }

    void readAt(long nanos) {
        readNanos = nanos;
    }

    /** Bytes of frames that were taken. Another thread may see a number from a moment ago. */
    long receivedBytes() {
        return receivedBytes;
    }

    void countBytes(int taken) {
        receivedBytes += taken;
    }

    /** Its session, {@code null} until one was opened or resumed. */
    @Nullable
    Session<ClientConnection> session() {
        return session;
    }

    void session(Session<ClientConnection> opened) {
        session = opened;
    }

    /** Whether its connect request had a readOnly byte, so that the answer has one too. */
    boolean answersReadOnlyByte() {
        return answersReadOnlyByte;
    }

    void answersReadOnlyByte(boolean answers) {
        answersReadOnlyByte = answers;
    }

    @Override
    public long sessionId() {
        return session == null ? 0 : session.id();
    }

    @Override
    public List<Id> identities() {
        return identities;
    }

    void identities(List<Id> proved) {
        identities = proved;
    }

    @Override
    public void event(WatchEventType type, String path, long zxid) {
        if (!closed) {
            replies.event(this, type, path, zxid);
        }
    }

    /** What was asked and not answered yet, in order. */
    ArrayDeque<InFlight> waiting() {
        if (waiting == null) {
            waiting = new ArrayDeque<>(0);
        }
        return waiting;
    }

    /** How much of it there is. */
    int waitingCount() {
        return waiting == null ? 0 : waiting.size();
    }

    /** Keeps nothing to wait in while nothing waits. */
    void endWaiting() {
        if (waitingCount() == 0) {
            waiting = null;
        }
    }

    /** Replies and events written in this turn and not handed to the transport yet; {@code null} for none. */
    @Nullable
    JuteWriter output() {
        return output;
    }

    void output(@Nullable JuteWriter writer) {
        output = writer;
    }

    /** What is counted for it. */
    ConnectionStatistics statistics() {
        return statistics;
    }

    /** Whether something came from it in this turn. */
    boolean isHeard() {
        return heard;
    }

    void heard(boolean inThisTurn) {
        heard = inThisTurn;
    }

    /** Whether this server is done with it: what it still brings is not taken up. */
    boolean isLetGo() {
        return letGo;
    }

    void letGo() {
        letGo = true;
    }

    /** Its writes that the leader has not decided yet, in order; also in {@link #waiting}. */
    ArrayDeque<InFlight> away() {
        if (away == null) {
            away = new ArrayDeque<>();
        }
        return away;
    }

    /** Nobody waits for them any more; says how many there were. */
    int forgetAway() {
        int count = away == null ? 0 : away.size();
        away = null;
        return count;
    }

    /** When the leader is to hear again that the session is alive, in milliseconds of the monotonic clock. */
    long nextTouchMillis() {
        return nextTouchMillis;
    }

    void nextTouchMillis(long millis) {
        nextTouchMillis = millis;
    }
}
