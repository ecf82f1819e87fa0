package io.zookit.pipeline;

import io.zookit.model.Check;
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
    private final ReplicaState state;
    private final ServerClock clock;
    private final int creditsMax;
    private final boolean digest;
    private final Logged logged;
    private final RecordRing records;
    private final Statistics statistics;
    private final JuteWriter record = new JuteWriter(RECORD_BYTES);
    private final ArrayDeque<InFlight> proposed = new ArrayDeque<>();
    private int away;
    private long lastZxid;

    /**
     * @param creditsMax transactions that may be proposed, or asked for elsewhere, and not applied
     * @param digest whether the tree's digest is logged
     * @param logged counts what goes to the log
     * @param records where records lie that the log thread has not taken yet
     * @param statistics counts what is proposed
     * @param lastZxid the newest zxid in the recovered log
     */
    ProposeStage(
            Consensus consensus,
            ReplicaState state,
            ServerClock clock,
            int creditsMax,
            boolean digest,
            Logged logged,
            RecordRing records,
            Statistics statistics,
            long lastZxid) {
        this.consensus = consensus;
        this.state = state;
        this.clock = clock;
        this.creditsMax = creditsMax;
        this.digest = digest;
        this.logged = logged;
        this.records = records;
        this.statistics = statistics;
        this.lastZxid = lastZxid;
    }

    /** Whether another transaction may be proposed. Checked before each, so that the log ring always has room. */
    boolean hasCredit() {
        return proposed.size() + away < creditsMax;
    }

    /**
     * Counts requests that another server is to make transactions of.
     *
     * @param more how many have left; negative when they have come back, or nobody waits for them any more
     */
    void away(int more) {
        away += more;
    }

    /** The zxid of the newest proposal. */
    long lastZxid() {
        return lastZxid;
    }

    /** Transactions proposed and not applied yet, in zxid order. */
    Queue<InFlight> proposed() {
        return proposed;
    }

    /** Whether a transaction was proposed and not applied yet. */
    boolean isInFlight(long zxid) {
        for (InFlight write : proposed) {
            if (write.header().zxid() == zxid) {
                return true;
            }
        }
        return false;
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
        PendingTree pending = state.pending();
        pending.add(header, txn);
        record.clear();
        TxnCodec.write(record, header, txn, digest && !(txn instanceof Txn.Rejected) ? pending.digest() : null);
        InFlight write = InFlight.write(connection, facts, header, txn);
        proposed.add(write);
        if (connection != null) {
            connection.waiting().add(write);
        }
        logged.add(record.size());
        statistics.countProposal(record.size());
        hand(header.zxid());
    }

    private void hand(long zxid) {
        int offset = records.room(record.size());
        if (offset < 0) {
            consensus.propose(zxid, record.toByteArray());
        } else {
            record.copyTo(records.bytes(), offset);
            consensus.propose(zxid, records.bytes(), offset, record.size());
        }
    }

    /**
     * Takes in a transaction that another server has proposed, on its way to the log.
     *
     * @param recordBytes what it takes there
     */
    void proposedElsewhere(InFlight write, int recordBytes) {
        lastZxid = write.header().zxid();
        proposed.add(write);
        logged.add(recordBytes);
    }

    /** This server begins to lead: its transactions are those of a new epoch. */
    void beginEpoch(long epoch) {
        Check.state(proposed.isEmpty(), "an epoch begins with everything before it applied");
        lastZxid = Zxid.of(epoch, 0);
    }

    /**
     * A role ends. What has gone to the log may still be committed, without anybody waiting for it here; the rest has never been.
     *
     * @param loggedZxid the newest zxid that went to the log
     */
    void endEpoch(long loggedZxid) {
        proposed.removeIf(write -> write.readyZxid() > loggedZxid);
        proposed.forEach(InFlight::letGo);
        lastZxid = loggedZxid;
        state.pending().clear();
    }

    /** The state was built anew, and nothing is in flight. */
    void restart(long recoveredZxid) {
        proposed.clear();
        lastZxid = recoveredZxid;
    }
}
