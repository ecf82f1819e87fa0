package io.zookit.tck;

import io.zookit.spi.storage.SnapshotStore;
import io.zookit.spi.storage.Storage;
import io.zookit.spi.storage.TransactionLog;
import io.zookit.spi.storage.ValueStore;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A storage that does what the contracts say and nothing more, in memory, with every means of a fixture; and the place for a bug: around
 * each of its three parts something can be put that does one thing wrong.
 */
final class ExactStorage implements StorageFixture {
    private final ExactMedium medium;
    private final ExactLog log;
    private final ExactSnapshots snapshots;
    private final ExactValues values;
    private final UnaryOperator<TransactionLog> logBug;
    private final UnaryOperator<SnapshotStore> snapshotBug;
    private final UnaryOperator<ValueStore> valueBug;
    private Storage storage;

    private ExactStorage(
            ExactMedium medium,
            UnaryOperator<TransactionLog> logBug,
            UnaryOperator<SnapshotStore> snapshotBug,
            UnaryOperator<ValueStore> valueBug) {
        this.medium = medium;
        log = new ExactLog(medium);
        snapshots = new ExactSnapshots(medium);
        values = new ExactValues(medium);
        this.logBug = logBug;
        this.snapshotBug = snapshotBug;
        this.valueBug = valueBug;
        storage = opened();
    }

    /** Without a bug. */
    static ExactStorage sound() {
        return with(UnaryOperator.identity(), UnaryOperator.identity(), UnaryOperator.identity());
    }

    static ExactStorage withLog(UnaryOperator<TransactionLog> bug) {
        return with(bug, UnaryOperator.identity(), UnaryOperator.identity());
    }

    static ExactStorage withSnapshots(UnaryOperator<SnapshotStore> bug) {
        return with(UnaryOperator.identity(), bug, UnaryOperator.identity());
    }

    static ExactStorage withValues(UnaryOperator<ValueStore> bug) {
        return with(UnaryOperator.identity(), UnaryOperator.identity(), bug);
    }

    /** With a log that loses in a crash what was synced since it was opened. */
    static ExactStorage withLostTail() {
        ExactMedium lying = new ExactMedium(true);
        return new ExactStorage(lying, UnaryOperator.identity(), UnaryOperator.identity(), UnaryOperator.identity());
    }

    private static ExactStorage with(
            UnaryOperator<TransactionLog> logBug,
            UnaryOperator<SnapshotStore> snapshotBug,
            UnaryOperator<ValueStore> valueBug) {
        return new ExactStorage(new ExactMedium(false), logBug, snapshotBug, valueBug);
    }

    private Storage opened() {
        return new Open(logBug.apply(log), snapshotBug.apply(snapshots), valueBug.apply(values));
    }

    @Override
    public Storage storage() {
        return storage;
    }

    @Override
    public Storage reopen() {
        log.loseUnsynced();
        storage = opened();
        return storage;
    }

    @Override
    public Storage crash() {
        medium.heal();
        log.loseUnforced();
        return reopen();
    }

    @Override
    public void failWrites() {
        medium.fail();
    }

    @Override
    public void damage(byte[] content) {
        if (!log.damage(content) && !snapshots.damage(content) && !values.damage(content)) {
            throw new AssertionError("the bytes to be damaged are not stored");
        }
    }

    @Override
    public void close() {}

    private record Open(TransactionLog log, SnapshotStore snapshots, ValueStore values) implements Storage {
        @Override
        public void open() {}

        @Override
        public List<String> repairs() {
            return List.of();
        }

        @Override
        public String location() {
            return "memory";
        }

        @Override
        public void close() {}
    }
}
