package io.zookit.pipeline;

import io.zookit.model.Txn;
import io.zookit.model.TxnHeader;
import io.zookit.model.Zxid;
import io.zookit.pipeline.InFlight.RequestFacts;
import io.zookit.spi.ServerClock;
import io.zookit.spi.consensus.Consensus;
import io.zookit.tree.PendingTree;
import io.zookit.wire.JuteWriter;
import io.zookit.wire.TxnCodec;
import java.util.ArrayDeque;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * PROPOSE: gives a transaction its zxid, writes it down once and hands these bytes to the consensus; they go to the log and to
 * learners as they are. Runs on the owner of the state.
 */
final class ProposeStage {
    private static final int RECORD_BYTES = 1 << 10;

    private final Consensus consensus;
    private final PendingTree pending;
    private final ServerClock clock;
    private final int creditsMax;
    private final boolean digest;
    private final Logged logged;
    private final JuteWriter record = new JuteWriter(RECORD_BYTES);
    private final ArrayDeque<InFlight> proposed = new ArrayDeque<>();
    private long lastZxid;

    /**
     * @param creditsMax transactions that may be proposed and not applied
     * @param digest whether the tree's digest is logged
     * @param logged counts what goes to the log
     * @param lastZxid the newest zxid in the recovered log
     */
    ProposeStage(
            Consensus consensus,
            PendingTree pending,
            ServerClock clock,
            int creditsMax,
            boolean digest,
            Logged logged,
            long lastZxid) {
        this.consensus = consensus;
        this.pending = pending;
        this.clock = clock;
        this.creditsMax = creditsMax;
        this.digest = digest;
        this.logged = logged;
        this.lastZxid = lastZxid;
    }

    /** Whether another transaction may be proposed. Checked before each, so that the log ring always has room. */
    boolean hasCredit() {
        return proposed.size() < creditsMax;
    }

    /** The zxid of the newest proposal. */
    long lastZxid() {
        return lastZxid;
    }

    /** Transactions proposed and not applied yet, in zxid order. */
    Queue<InFlight> proposed() {
        return proposed;
    }

    /** The header of the next transaction. Nothing is used up until it is proposed. */
    TxnHeader nextHeader(long sessionId, int cxid) {
        long next = Zxid.counter(lastZxid) == Zxid.COUNTER_MAX ? Zxid.of(Zxid.epoch(lastZxid) + 1, 1) : lastZxid + 1;
        return new TxnHeader(sessionId, cxid, next, clock.wallMillis());
    }

    /**
     * Proposes a transaction.
     *
     * @param header from {@link #nextHeader}
     * @param connection who gets the reply; {@code null} for nobody
     */
    void propose(TxnHeader header, Txn txn, @Nullable ClientConnection connection, RequestFacts facts) {
        lastZxid = header.zxid();
        pending.add(header, txn);
        record.clear();
        TxnCodec.write(record, header, txn, digest && !(txn instanceof Txn.Rejected) ? pending.digest() : null);
        InFlight write = InFlight.write(connection, facts, header, txn);
        proposed.add(write);
        if (connection != null) {
            connection.waiting().add(write);
        }
        logged.add(record.size());
        consensus.propose(header.zxid(), record.toByteArray());
    }
}
