package io.zookit.simulator.storage;

import io.zookit.simulator.mutant.Mutant;
import io.zookit.simulator.world.Chance;
import io.zookit.simulator.world.SimulatedDisk;
import io.zookit.zab.Membership;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Everything a server keeps. Each action comes as the steps it consists of; it is durable once the last of them has been done, and
 * never before. One action at a time.
 */
public final class ServerStorage {
    private static final String EPOCHS = "epochs";
    private static final String EPOCHS_UNFINISHED = "unfinished.epochs";
    private static final String MEMBERS = "members";
    private static final String MEMBERS_UNFINISHED = "unfinished.members";
    private static final String UNSYNCED = "unsynced";
    private static final String SNAPSHOT = "snapshot.";
    private static final String SNAPSHOT_UNFINISHED = "unfinished.snapshot";
    private static final int SNAPSHOTS_KEPT = 2;

    private final SimulatedDisk disk;
    private final Mutant mutant;
    private final Chance chance;
    private final StoredLog log;
    private Epochs epochs;
    private @Nullable Membership members;
    private @Nullable Snapshot snapshot;

    /**
     * Reads what a crash has left, and cuts what was never synced.
     *
     * @param mutant the mistake it makes, if it is the one of a storage
     * @param segmentBytes when a segment of the log is full
     * @throws RecoveryFailure when what is there cannot be the history of a server
     */
    public ServerStorage(SimulatedDisk disk, Mutant mutant, int segmentBytes, Chance chance) {
        this.disk = disk;
        this.mutant = mutant;
        this.chance = chance;
        log = new StoredLog(disk, mutant, segmentBytes);
        epochs = recoverEpochs();
        members = recoverMembers();
        snapshot = newestSnapshot();
        long base = snapshot == null ? 0 : snapshot.zxid();
        log.recover(snapshot == null ? 0 : snapshot.generation(), base, chance);
    }

    private Epochs recoverEpochs() {
        if (!disk.exists(EPOCHS)) {
            return new Epochs(0, 0);
        }
        Epochs found = Epochs.of(disk.read(EPOCHS));
        if (found == null) {
            throw new RecoveryFailure("the file of the epochs is damaged");
        }
        return mutant == Mutant.ACCEPTED_EPOCH_FORGOTTEN_AT_RESTART
                ? new Epochs(found.current(), found.current())
                : found;
    }

    private @Nullable Snapshot newestSnapshot() {
        List<String> names = snapshotNames();
        if (names.isEmpty()) {
            return null;
        }
        Snapshot newest = Snapshot.of(disk.read(names.get(names.size() - 1)));
        if (newest == null) {
            throw new RecoveryFailure("the newest snapshot is damaged");
        }
        return newest;
    }

    private List<String> snapshotNames() {
        List<String> names = new ArrayList<>();
        for (String name : disk.list()) {
            if (name.startsWith(SNAPSHOT)) {
                names.add(name);
            }
        }
        return names;
    }

    private static String nameOf(long zxid) {
        return String.format("%s%016x", SNAPSHOT, zxid);
    }

    private static long zxidOf(String name) {
        return Long.parseLong(name.substring(SNAPSHOT.length()), 16);
    }

    /** The epochs as they were last saved. */
    public Epochs epochs() {
        return epochs;
    }

    /** The members that were last saved, {@code null} when none were. */
    public @Nullable Membership members() {
        return members;
    }

    private @Nullable Membership recoverMembers() {
        if (!disk.exists(MEMBERS)) {
            return null;
        }
        byte[] file = disk.read(MEMBERS);
        int length = file.length - Integer.BYTES;
        if (length < 0 || ByteBuffer.wrap(file).getInt(length) != checksum(file, length)) {
            throw new RecoveryFailure("the file of the members is damaged");
        }
        return Membership.parse(new String(file, 0, length, StandardCharsets.UTF_8));
    }

    private static int checksum(byte[] bytes, int length) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, length);
        return (int) crc.getValue();
    }

    /** Saves the members that count from now on: they are replaced as a whole. */
    public List<Step> saveMembers(Membership saved) {
        byte[] text = saved.text().getBytes(StandardCharsets.UTF_8);
        ByteBuffer file = ByteBuffer.allocate(text.length + Integer.BYTES).put(text);
        file.putInt(checksum(text, text.length));
        return List.of(
                () -> {
                    disk.create(MEMBERS_UNFINISHED);
                    disk.append(MEMBERS_UNFINISHED, file.array());
                },
                () -> disk.sync(MEMBERS_UNFINISHED, chance),
                () -> disk.rename(MEMBERS_UNFINISHED, MEMBERS),
                disk::syncDirectory,
                () -> members = saved);
    }

    /** Whether a synchronisation of a server without data was begun and not completed. */
    public boolean isUnsynced() {
        return disk.exists(UNSYNCED);
    }

    /** The newest snapshot, {@code null} when there is none. */
    public @Nullable Snapshot snapshot() {
        return snapshot;
    }

    /** All transactions in the log, oldest first; a view. Some may be older than the snapshot. */
    public List<StoredTxn> txns() {
        return log.txns();
    }

    /** The transactions with a greater zxid, oldest first; a view. */
    public List<StoredTxn> after(long zxid) {
        return log.txns().subList(log.indexAfter(zxid), log.txns().size());
    }

    /** The transaction before the oldest one in the log, or the snapshot's when the log is empty; 0 for none. */
    public long beginsAfter() {
        return log.beginsAfter();
    }

    /** The newest zxid of log and snapshot, 0 for none. */
    public long lastZxid() {
        return log.lastZxid();
    }

    /** The newest transaction of which the log itself, when it was read, knew that it was durable. */
    public long knownSyncedZxid() {
        return log.knownSyncedZxid();
    }

    /** Whether a loss of power right now would for certain leave the history up to a transaction. */
    public boolean isDurable(long zxid) {
        if (snapshot != null && snapshot.zxid() >= zxid && disk.isDurable(nameOf(snapshot.zxid()), 1)) {
            return true;
        }
        int next = log.indexAfter(zxid);
        return next > 0 && log.txns().get(next - 1).zxid() == zxid && log.isDurable(next - 1);
    }

    /** Whether there is a transaction in the log with exactly these bytes, or a snapshot that may hold it. */
    public boolean holds(StoredTxn txn) {
        int next = log.indexAfter(txn.zxid());
        if (next > 0 && log.txns().get(next - 1).zxid() == txn.zxid()) {
            return Arrays.equals(log.txns().get(next - 1).record(), txn.record());
        }
        return snapshot != null && snapshot.zxid() >= txn.zxid();
    }

    /** Appends transactions as one group: written one after the other, with one sync at the end. */
    public List<Step> append(List<StoredTxn> txns) {
        List<Step> steps = new ArrayList<>();
        steps.add(() -> {
            for (StoredTxn txn : txns) {
                if (log.isSegmentFull()) {
                    log.sync(chance);
                }
                log.write(txn);
            }
        });
        if (mutant != Mutant.APPENDED_WITHOUT_SYNC) {
            steps.add(() -> log.sync(chance));
        }
        steps.add(log::syncNames);
        return steps;
    }

    /** Saves both epochs: they are replaced as a whole. */
    public List<Step> saveEpochs(long accepted, long current) {
        Epochs saved = new Epochs(mutant == Mutant.ACCEPTED_EPOCH_NOT_SAVED ? current : accepted, current);
        List<Step> steps = new ArrayList<>();
        steps.add(() -> {
            disk.create(EPOCHS_UNFINISHED);
            disk.append(EPOCHS_UNFINISHED, saved.bytes());
        });
        if (mutant != Mutant.EPOCHS_WITHOUT_SYNC) {
            steps.add(() -> disk.sync(EPOCHS_UNFINISHED, chance));
        }
        steps.add(() -> disk.rename(EPOCHS_UNFINISHED, EPOCHS));
        if (mutant != Mutant.EPOCHS_WITHOUT_DIRECTORY_SYNC) {
            steps.add(disk::syncDirectory);
        }
        steps.add(() -> epochs = saved);
        return steps;
    }

    /** Makes or removes the mark of a synchronisation that is not completed: an empty file. */
    public List<Step> saveUnsynced(boolean unsynced) {
        if (unsynced == isUnsynced() || (unsynced && mutant == Mutant.UNSYNCED_NOT_NOTED)) {
            return List.of();
        }
        Step change = unsynced ? () -> disk.create(UNSYNCED) : () -> disk.delete(UNSYNCED);
        return List.of(change, disk::syncDirectory);
    }

    /**
     * Removes everything newer than a transaction.
     *
     * @throws RecoveryFailure at once, when nothing would be left to go on from
     */
    public List<Step> truncateAfter(long zxid) {
        List<Step> steps = new ArrayList<>();
        List<String> names = snapshotNames();
        for (int i = names.size() - 1; i >= 0 && zxidOf(names.get(i)) > zxid; i--) {
            String name = names.get(i);
            steps.add(() -> disk.delete(name));
            steps.add(disk::syncDirectory);
        }
        if (!steps.isEmpty()) {
            steps.add(() -> snapshot = newestSnapshot());
        }
        steps.addAll(log.truncateAfter(zxid, chance));
        return steps;
    }

    /** Writes a snapshot of this server's own state, and lets go of older ones. */
    public List<Step> save(long zxid, byte[] state) {
        return write(new Snapshot(zxid, log.generation(), state), () -> {});
    }

    /** Puts a leader's snapshot in the place of everything there is: log, snapshots and all. */
    public List<Step> install(long zxid, byte[] state) {
        long generation = log.generation() + 1;
        return write(new Snapshot(zxid, generation, state), () -> log.beginGeneration(generation, zxid));
    }

    private List<Step> write(Snapshot written, Step then) {
        boolean whole = mutant != Mutant.SNAPSHOT_WITHOUT_SYNC;
        List<Step> steps = new ArrayList<>();
        steps.add(() -> {
            disk.create(SNAPSHOT_UNFINISHED);
            disk.append(SNAPSHOT_UNFINISHED, written.bytes());
        });
        if (whole) {
            steps.add(() -> disk.sync(SNAPSHOT_UNFINISHED, chance));
        }
        if (written.generation() != log.generation()) {
            for (String name : snapshotNames()) {
                if (zxidOf(name) > written.zxid()) {
                    steps.add(() -> disk.delete(name));
                }
            }
        }
        steps.add(() -> disk.rename(SNAPSHOT_UNFINISHED, nameOf(written.zxid())));
        if (whole) {
            steps.add(disk::syncDirectory);
        }
        steps.add(() -> {
            then.run();
            snapshot = written;
        });
        steps.add(this::dropOldSnapshots);
        steps.add(disk::syncDirectory);
        return steps;
    }

    private void dropOldSnapshots() {
        List<String> names = snapshotNames();
        for (int i = 0; i < names.size() - SNAPSHOTS_KEPT; i++) {
            disk.delete(names.get(i));
        }
    }

    /** Lets go of the log before the newest snapshot, in whole segments. */
    public List<Step> purge() {
        List<String> names = snapshotNames();
        return names.isEmpty() ? List.of() : log.purgeThrough(zxidOf(names.get(0)));
    }
}
