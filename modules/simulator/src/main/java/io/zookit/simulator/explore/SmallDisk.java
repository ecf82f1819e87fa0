package io.zookit.simulator.explore;

import io.zookit.simulator.storage.Epochs;
import io.zookit.simulator.storage.StoredTxn;
import io.zookit.zab.History;
import io.zookit.zab.StoredState;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;

/** What a server has durably, and what was asked of its disk and is not done yet, oldest first. */
final class SmallDisk {
    private final Deque<Work> asked = new ArrayDeque<>();
    private List<StoredTxn> txns;
    private Epochs epochs;
    /** What is up to here stands in a snapshot, and not in the log. */
    private long beginsAfter;

    private boolean held;

    /**
     * Something asked of the disk.
     *
     * @param what for transcripts
     * @param groups whether it is done together with its like, so that a crash may find several of them done
     * @param change what it changes on the disk
     * @param done what follows
     */
    record Work(String what, boolean groups, Runnable change, Runnable done) {}

    SmallDisk(Shape.Disk found) {
        txns = new ArrayList<>(found.txns());
        epochs = found.epochs();
    }

    List<StoredTxn> txns() {
        return txns;
    }

    Epochs epochs() {
        return epochs;
    }

    void epochs(Epochs saved) {
        epochs = saved;
    }

    long beginsAfter() {
        return beginsAfter;
    }

    long lastZxid() {
        return txns.isEmpty() ? 0 : txns.get(txns.size() - 1).zxid();
    }

    void append(StoredTxn txn) {
        txns.add(txn);
    }

    void truncate(long zxid) {
        txns.removeIf(txn -> txn.zxid() > zxid);
    }

    void install(List<StoredTxn> state) {
        txns = new ArrayList<>(state);
        beginsAfter = lastZxid();
    }

    boolean holds(StoredTxn txn) {
        for (StoredTxn other : txns) {
            if (other.zxid() == txn.zxid()) {
                return Arrays.equals(other.record(), txn.record());
            }
        }
        return false;
    }

    StoredState stored() {
        List<Long> epochEnds = new ArrayList<>();
        for (int i = 0; i < txns.size(); i++) {
            long zxid = txns.get(i).zxid();
            boolean endsEpoch = i == txns.size() - 1 || txns.get(i + 1).zxid() >> 32 != zxid >> 32;
            if (endsEpoch && zxid > beginsAfter) {
                epochEnds.add(zxid);
            }
        }
        return new StoredState(epochs.accepted(), epochs.current(), new History(beginsAfter, lastZxid(), epochEnds));
    }

    // ---- work

    Deque<Work> asked() {
        return asked;
    }

    boolean isHeld() {
        return held;
    }

    void held(boolean nowHeld) {
        held = nowHeld;
    }

    /** How many of the things asked a loss of power may find done: those that are done together, or one. */
    int unsynced() {
        int count = 0;
        for (Work work : asked) {
            if (!work.groups()) {
                return Math.max(count, 1);
            }
            count++;
        }
        return count;
    }

    /** The power goes, and so many of the things asked were done. */
    void crash(int kept) {
        for (int i = 0; i < kept; i++) {
            asked.removeFirst().change().run();
        }
        asked.clear();
        held = false;
    }
}
