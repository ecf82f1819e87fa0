package io.zookit.simulator.storage;

import io.zookit.model.Check;
import io.zookit.simulator.mutant.Mutant;
import io.zookit.simulator.world.Chance;
import io.zookit.simulator.world.SimulatedDisk;
import java.util.ArrayList;
import java.util.List;

/**
 * The log: segments named by generation and number. A snapshot that comes from a leader begins a new generation, so that the log it
 * replaces counts no more from the moment the snapshot is durable, whatever is left of its files.
 */
final class StoredLog {
    private static final String PREFIX = "log.";

    private final SimulatedDisk disk;
    private final Mutant mutant;
    private final int segmentBytes;
    private final List<StoredTxn> txns = new ArrayList<>();
    private final List<Place> places = new ArrayList<>();
    private final List<String> segments = new ArrayList<>();
    private long generation;
    private long baseZxid;
    /** The zxid before the first record. */
    private long beginsAfter;

    private long syncedZxid;
    private long knownSyncedZxid;
    private boolean directoryIsSynced = true;
    private boolean fileIsSynced = true;

    /** Where a record ends. */
    private record Place(String segment, int endOffset) {}

    StoredLog(SimulatedDisk disk, Mutant mutant, int segmentBytes) {
        this.disk = disk;
        this.mutant = mutant;
        this.segmentBytes = segmentBytes;
    }

    /**
     * Reads the log of a generation after a crash: the longest chain of whole records that begins in the oldest segment. What comes
     * after it was never synced, and is cut.
     *
     * @param zxid of the snapshot the log goes on from, 0 for none
     */
    void recover(long wanted, long zxid, Chance chance) {
        generation = wanted;
        baseZxid = zxid;
        beginsAfter = zxid;
        boolean whole = true;
        List<String> wasted = new ArrayList<>();
        for (String name : disk.list()) {
            if (name.startsWith(PREFIX)) {
                if (generationOf(name) == wanted && whole) {
                    segments.add(name);
                    whole = readSegment(name);
                } else {
                    wasted.add(name);
                }
            }
        }
        if (!whole) {
            refuseDamage(wasted);
        }
        wasted.forEach(disk::delete);
        if (!whole && mutant != Mutant.RECOVERY_LEAVES_THE_TORN_TAIL) {
            cutTail(chance);
        }
        disk.syncDirectory();
        syncedZxid = lastLogged();
    }

    /** What was torn was never synced. If a record that was written later says that more was, something is damaged. */
    private void refuseDamage(List<String> later) {
        String last = segments.get(segments.size() - 1);
        byte[] broken = disk.read(last);
        int end = endIn(last);
        if (end == broken.length || Frame.at(broken, end) != null || mutant == Mutant.DAMAGE_TAKEN_FOR_A_TORN_TAIL) {
            return;
        }
        requireNoneSynced(last, broken, end + 1);
        for (String name : later) {
            if (generationOf(name) == generation) {
                requireNoneSynced(name, disk.read(name), 0);
            }
        }
    }

    private void requireNoneSynced(String name, byte[] file, int from) {
        for (int offset = nextFrame(file, from); offset < file.length; offset = nextFrame(file, offset + 1)) {
            Frame frame = Frame.at(file, offset);
            if (frame != null && frame.syncedZxid() > lastLogged()) {
                throw new RecoveryFailure("the log is damaged before offset " + offset + " of " + name);
            }
        }
    }

    private boolean readSegment(String name) {
        byte[] file = disk.read(name);
        int offset = 0;
        while (offset < file.length) {
            Frame frame = Frame.at(file, offset, mutant != Mutant.CHECKSUMS_NOT_LOOKED_AT);
            // A first record that stands on something that is neither here nor in the snapshot was never reported as
            // durable.
            boolean chained = frame != null
                    && (txns.isEmpty() ? frame.previousZxid() <= baseZxid : frame.previousZxid() == lastLogged());
            if (!chained && mutant == Mutant.RECOVERY_SKIPS_A_TORN_RECORD && frame == null) {
                offset = nextFrame(file, offset + 1);
                continue;
            }
            if (frame == null || !(chained || mutant == Mutant.RECOVERY_SKIPS_A_TORN_RECORD)) {
                return false;
            }
            if (txns.isEmpty()) {
                beginsAfter = frame.previousZxid();
            }
            txns.add(frame.txn());
            knownSyncedZxid = Math.max(knownSyncedZxid, frame.syncedZxid());
            offset = frame.endOffset();
            places.add(new Place(name, offset));
        }
        return true;
    }

    private static int nextFrame(byte[] file, int from) {
        int offset = from;
        while (offset < file.length && Frame.at(file, offset) == null) {
            offset++;
        }
        return offset;
    }

    private void cutTail(Chance chance) {
        String last = segments.get(segments.size() - 1);
        disk.truncate(last, endIn(last));
        disk.sync(last, chance);
    }

    private int endIn(String segment) {
        Place last = places.isEmpty() ? null : places.get(places.size() - 1);
        return last == null || !last.segment().equals(segment) ? 0 : last.endOffset();
    }

    private static long generationOf(String name) {
        return Long.parseLong(name.substring(PREFIX.length(), PREFIX.length() + 8), 16);
    }

    long generation() {
        return generation;
    }

    List<StoredTxn> txns() {
        return txns;
    }

    /** The newest zxid in the log, or of the snapshot it goes on from. */
    long lastZxid() {
        return Math.max(baseZxid, lastLogged());
    }

    private long lastLogged() {
        // What was purged since the log was read went before a snapshot.
        return txns.isEmpty()
                ? Math.max(baseZxid, beginsAfter)
                : txns.get(txns.size() - 1).zxid();
    }

    long beginsAfter() {
        return beginsAfter;
    }

    /** The index of the first record with a greater zxid. */
    int indexAfter(long zxid) {
        int low = 0;
        int high = txns.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (txns.get(middle).zxid() <= zxid) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Whether a loss of power right now would leave a record, for certain. */
    boolean isDurable(int index) {
        Place place = places.get(index);
        return disk.isDurable(place.segment(), place.endOffset());
    }

    void write(StoredTxn txn) {
        String segment = segments.isEmpty() ? "" : segments.get(segments.size() - 1);
        if (segment.isEmpty() || disk.length(segment) >= segmentBytes) {
            Check.state(fileIsSynced || mutant != Mutant.NONE, "a segment is synced before the next one begins");
            segment = String.format("%s%08x.%08x", PREFIX, generation, segments.isEmpty() ? 1 : numberOf(segment) + 1);
            disk.create(segment);
            segments.add(segment);
            directoryIsSynced = false;
        }
        fileIsSynced = false;
        disk.append(segment, Frame.bytes(lastLogged(), syncedZxid, txn));
        txns.add(txn);
        places.add(new Place(segment, disk.length(segment)));
    }

    /** Whether the next record begins a segment. */
    boolean isSegmentFull() {
        return !segments.isEmpty() && disk.length(segments.get(segments.size() - 1)) >= segmentBytes;
    }

    private static long numberOf(String segment) {
        return Long.parseLong(segment.substring(segment.lastIndexOf('.') + 1), 16);
    }

    void sync(Chance chance) {
        if (!segments.isEmpty()) {
            disk.sync(segments.get(segments.size() - 1), chance);
        }
        fileIsSynced = true;
    }

    /** The newest record that a later one, found at the start, says was durable. */
    long knownSyncedZxid() {
        return knownSyncedZxid;
    }

    void syncNames() {
        if (!directoryIsSynced && mutant != Mutant.NEW_SEGMENT_WITHOUT_DIRECTORY_SYNC) {
            disk.syncDirectory();
        }
        directoryIsSynced = true;
        syncedZxid = lastLogged();
    }

    /**
     * The steps of a truncation: whole segments from the newest on, each deletion made durable before the next, then the rest of the
     * one that stays.
     */
    List<Step> truncateAfter(long zxid, Chance chance) {
        int keep = indexAfter(zxid);
        List<Step> steps = new ArrayList<>();
        String last = keep == 0 ? "" : places.get(keep - 1).segment();
        for (int i = segments.size() - 1; i >= 0 && !segments.get(i).equals(last); i--) {
            String segment = segments.get(i);
            if (mutant != Mutant.TRUNCATION_KEEPS_LATER_SEGMENTS) {
                steps.add(() -> {
                    disk.delete(segment);
                    segments.remove(segment);
                });
                steps.add(disk::syncDirectory);
            }
        }
        if (!last.isEmpty()) {
            int end = places.get(keep - 1).endOffset();
            steps.add(() -> disk.truncate(last, end));
            if (mutant != Mutant.TRUNCATION_WITHOUT_SYNC) {
                steps.add(() -> disk.sync(last, chance));
            }
        }
        steps.add(() -> {
            txns.subList(keep, txns.size()).clear();
            places.subList(keep, places.size()).clear();
            syncedZxid = Math.min(syncedZxid, lastLogged());
        });
        return steps;
    }

    /** The steps that let go of whole segments with nothing newer than a zxid, oldest first; the newest segment stays. */
    List<Step> purgeThrough(long zxid) {
        List<Step> steps = new ArrayList<>();
        int firstKept = indexAfter(zxid);
        String stays = firstKept < places.size() ? places.get(firstKept).segment() : "";
        for (int i = 0; i < segments.size() - 1 && !segments.get(i).equals(stays); i++) {
            String segment = segments.get(i);
            steps.add(() -> {
                disk.delete(segment);
                segments.remove(segment);
                while (!places.isEmpty() && places.get(0).segment().equals(segment)) {
                    places.remove(0);
                    beginsAfter = txns.remove(0).zxid();
                }
            });
            steps.add(disk::syncDirectory);
        }
        return steps;
    }

    /** A snapshot has replaced everything: the log goes on after it, in files of its own. */
    void beginGeneration(long newGeneration, long zxid) {
        generation = newGeneration;
        baseZxid = zxid;
        beginsAfter = zxid;
        syncedZxid = zxid;
        for (String segment : segments) {
            disk.delete(segment);
        }
        segments.clear();
        txns.clear();
        places.clear();
        directoryIsSynced = false;
    }
}
