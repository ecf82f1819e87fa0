package io.zookit.consensus.zab;

import io.zookit.model.Zxid;
import io.zookit.spi.storage.CorruptStorageException;
import io.zookit.spi.storage.LogReader;
import io.zookit.spi.storage.Storage;
import io.zookit.zab.EmptyVote;
import io.zookit.zab.History;
import io.zookit.zab.StoredState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What the storage says about this server's past, for the core. */
final class StoredHistory {
    /** The names of the epochs: those under which data of Apache ZooKeeper has them, so that a server may change its kind. */
    private static final String ACCEPTED_EPOCH = "acceptedEpoch";

    private static final String CURRENT_EPOCH = "currentEpoch";

    /** There, and yes, from the first synchronisation of a server that has nothing until one was completed. */
    private static final String UNSYNCED = "unsynced";

    private static final String YES = "yes";

    private final Storage storage;

    private final EmptyVote emptyVote;

    /**
     * @param emptyVote whether this server votes if it has nothing
     */
    StoredHistory(Storage storage, EmptyVote emptyVote) {
        this.storage = storage;
        this.emptyVote = emptyVote;
    }

    /** Everything the core has to know at the start. */
    StoredState read() {
        return new StoredState(epoch(ACCEPTED_EPOCH), epoch(CURRENT_EPOCH), history(), emptyVote, unsynced());
    }

    private long epoch(String name) {
        byte[] value = storage.values().get(name);
        if (value == null) {
            return 0;
        }
        String text = new String(value, StandardCharsets.US_ASCII).strip();
        if (!text.matches("[0-9]{1,10}")) {
            throw new CorruptStorageException(storage.location() + ": the value " + name
                    + " is no number. Replace this server's data by that of an empty server");
        }
        return Long.parseLong(text);
    }

    /**
     * Makes both epochs durable, one after the other: a crash between them leaves a server that has promised an epoch and was not yet
     * part of it.
     */
    void saveEpochs(long acceptedEpoch, long currentEpoch) {
        save(ACCEPTED_EPOCH, acceptedEpoch);
        save(CURRENT_EPOCH, currentEpoch);
    }

    private void save(String name, long epoch) {
        save(name, Long.toString(epoch));
    }

    private void save(String name, String text) {
        byte[] value = text.getBytes(StandardCharsets.US_ASCII);
        if (!Arrays.equals(value, storage.values().get(name))) {
            storage.values().put(name, value);
        }
    }

    private boolean unsynced() {
        byte[] value = storage.values().get(UNSYNCED);
        return value != null && Arrays.equals(value, YES.getBytes(StandardCharsets.US_ASCII));
    }

    /** Makes durable whether this server has begun with nothing, and no leader has given it everything since. */
    void saveUnsynced(boolean unsynced) {
        save(UNSYNCED, unsynced ? YES : "no");
    }

    /**
     * Completes what a crash has interrupted: a leader's snapshot was in place, and the log it replaces was not yet empty. Before the
     * log thread runs.
     */
    void finishInstallation() {
        long last = storage.log().lastZxid();
        if (last != 0 && last < newestSnapshot()) {
            storage.log().truncateAfter(0);
        }
    }

    long newestSnapshot() {
        List<Long> zxids = storage.snapshots().zxids();
        return zxids.isEmpty() ? 0 : zxids.get(0);
    }

    private History history() {
        long last = storage.log().lastZxid();
        if (last == 0) {
            return History.startingAt(newestSnapshot());
        }
        long after = afterZxid();
        return new History(after, last, epochEnds(after, last));
    }

    /** Where the log begins, as {@link History#afterZxid} means it. */
    long afterZxid() {
        long first = storage.log().firstZxid();
        List<Long> snapshots = storage.snapshots().zxids();
        if (first == 0) {
            return newestSnapshot();
        }
        if (snapshots.isEmpty()) {
            return 0;
        }
        // Where an epoch begins, nobody can tell by two numbers that nothing is missing between them; but on its newest
        // snapshot
        // the whole state of this server stands.
        long newest = snapshots.get(0);
        boolean continued = newest < first ? History.follows(first, newest) : snapshots.contains(first - 1);
        if (!continued) {
            return first;
        }
        return newest < first ? newest : first - 1;
    }

    /** The last zxid of each epoch. The log has no gaps within an epoch, so a few looks at it find where each one ends. */
    private List<Long> epochEnds(long afterZxid, long lastZxid) {
        List<Long> ends = new ArrayList<>();
        long next = next(afterZxid);
        while (next != 0 && Zxid.epoch(next) < Zxid.epoch(lastZxid)) {
            long end = endOfEpoch(next);
            ends.add(end);
            next = next(end);
        }
        if (afterZxid < lastZxid) {
            ends.add(lastZxid);
        }
        return ends;
    }

    /** The greatest zxid of the same epoch that is in the log. */
    private long endOfEpoch(long zxid) {
        long low = zxid;
        long high = Zxid.of(Zxid.epoch(zxid), Zxid.COUNTER_MAX);
        while (low < high) {
            long middle = low + (high - low + 1) / 2;
            if (next(middle - 1) == middle) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
    }

    /** The zxid of the first record after one, 0 when there is none. */
    private long next(long zxid) {
        try (LogReader reader = storage.log().read(zxid)) {
            return reader.next() ? reader.zxid() : 0;
        }
    }
}
