package io.zookit.simulator.world;

import io.zookit.model.Check;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The directory of one server: what the process sees, and beneath it what a loss of power would leave. Data becomes durable by
 * {@link #sync}, names by {@link #syncDirectory}; everything else may or may not have reached the platter, sector by sector.
 */
public final class SimulatedDisk {
    private final Map<String, SimulatedFile> names = new TreeMap<>();
    private final Map<String, SimulatedFile> durableNames = new TreeMap<>();
    private final List<NameChange> unsyncedNames = new ArrayList<>();
    private boolean journalled;
    private int syncsUntilFault = Integer.MAX_VALUE;
    private int writesUntilFault = Integer.MAX_VALUE;

    /**
     * An empty directory.
     *
     * @param journalled whether the sync of a file makes durable also the changes of the directory before it
     */
    public SimulatedDisk(boolean journalled) {
        this.journalled = journalled;
    }

    /** One change of the directory; a {@code null} side means none. */
    private record NameChange(
            @Nullable String from, @Nullable String to, SimulatedFile file) {}

    /** Plans a failure: the sync after so many more fails. */
    public void failSync(int after) {
        syncsUntilFault = after;
    }

    /** Plans a failure: the write after so many more fails for want of space, having written a part. */
    public void failWrite(int after) {
        writesUntilFault = after;
    }

    /** Whoever planned failures has thought better of it. */
    public void heal() {
        syncsUntilFault = Integer.MAX_VALUE;
        writesUntilFault = Integer.MAX_VALUE;
    }

    /** The names of all files, in order. */
    public List<String> list() {
        return List.copyOf(names.keySet());
    }

    /** Whether there is a file. */
    public boolean exists(String name) {
        return names.containsKey(name);
    }

    /** What is in a file, as the process sees it. */
    public byte[] read(String name) {
        return file(name).read();
    }

    /** How long a file is. */
    public int length(String name) {
        return file(name).length();
    }

    /** Makes an empty file, in the place of any other. */
    public void create(String name) {
        SimulatedFile file = new SimulatedFile();
        names.put(name, file);
        unsyncedNames.add(new NameChange(null, name, file));
    }

    /**
     * Writes at the end of a file.
     *
     * @throws DiskFault when there is no space; a part may have been written
     */
    public void append(String name, byte[] bytes) {
        SimulatedFile file = file(name);
        if (writesUntilFault-- <= 0) {
            byte[] part = new byte[bytes.length / 2];
            System.arraycopy(bytes, 0, part, 0, part.length);
            file.append(part);
            throw new DiskFault("no space left for " + name, false);
        }
        file.append(bytes);
    }

    /** Cuts a file. */
    public void truncate(String name, int length) {
        file(name).truncate(length);
    }

    /** Gives a file another name, in the place of any other that had it. */
    public void rename(String from, String to) {
        SimulatedFile file = file(from);
        names.remove(from);
        names.put(to, file);
        unsyncedNames.add(new NameChange(from, to, file));
    }

    /** Deletes a file. */
    public void delete(String name) {
        SimulatedFile file = file(name);
        names.remove(name);
        unsyncedNames.add(new NameChange(name, null, file));
    }

    /**
     * Makes the content of a file durable.
     *
     * @throws DiskFault when that failed. The process goes on seeing what it wrote, and no later sync makes it durable.
     */
    public void sync(String name, Chance chance) {
        if (syncsUntilFault-- <= 0) {
            syncsUntilFault = Integer.MAX_VALUE;
            file(name).forget(chance);
            throw new DiskFault("input/output error at the sync of " + name, true);
        }
        file(name).sync();
        if (journalled) {
            syncDirectory();
        }
    }

    /** Makes all changes of the directory durable. */
    public void syncDirectory() {
        for (NameChange change : unsyncedNames) {
            apply(change);
        }
        unsyncedNames.clear();
    }

    private void apply(NameChange change) {
        String from = change.from();
        if (from != null && durableNames.get(from) == change.file()) {
            durableNames.remove(from);
        }
        String to = change.to();
        if (to != null) {
            durableNames.put(to, change.file());
        }
    }

    /** Whether a loss of power right now would for certain leave a file with at least so many of its bytes. */
    public boolean isDurable(String name, int length) {
        SimulatedFile file = names.get(name);
        if (file == null || durableNames.get(name) != file || !file.isDurable(length)) {
            return false;
        }
        for (NameChange change : unsyncedNames) {
            if (change.file() == file || name.equals(change.to())) {
                return false;
            }
        }
        return true;
    }

    /** One bit of a file becomes another one, as the process sees it and on the platter. */
    public void flip(String name, int bit) {
        file(name).flip(bit);
    }

    /** A copy: the same platter, the same things not synced. */
    public SimulatedDisk copy() {
        SimulatedDisk copy = new SimulatedDisk(journalled);
        IdentityHashMap<SimulatedFile, SimulatedFile> copies = new IdentityHashMap<>();
        names.forEach((name, file) -> copy.names.put(name, copies.computeIfAbsent(file, SimulatedFile::copy)));
        durableNames.forEach(
                (name, file) -> copy.durableNames.put(name, copies.computeIfAbsent(file, SimulatedFile::copy)));
        for (NameChange change : unsyncedNames) {
            copy.unsyncedNames.add(new NameChange(
                    change.from(), change.to(), copies.computeIfAbsent(change.file(), SimulatedFile::copy)));
        }
        return copy;
    }

    /** Everything is gone; what a copy has it keeps. */
    public void wipe() {
        names.clear();
        durableNames.clear();
        unsyncedNames.clear();
    }

    /** The power goes: what was not synced is kept in part. Afterwards the process that reads sees the platter. */
    public void crash(CrashMode mode, Chance chance) {
        crashNames(mode, chance);
        for (SimulatedFile file : durableNames.values()) {
            file.crash(mode, chance);
        }
        names.clear();
        names.putAll(durableNames);
        unsyncedNames.clear();
        heal();
    }

    private void crashNames(CrashMode mode, Chance chance) {
        int prefix = mode == CrashMode.JOURNALLED ? chance.below(unsyncedNames.size() + 1) : unsyncedNames.size();
        for (int i = 0; i < prefix; i++) {
            NameChange change = unsyncedNames.get(i);
            boolean kept =
                    switch (mode) {
                        case LOSES_ALL -> false;
                        case KEEPS_ALL, JOURNALLED -> true;
                        case ADVERSARIAL -> chance.coin() && isPossible(change);
                    };
            if (kept) {
                apply(change);
            }
        }
    }

    /** A file cannot be renamed or deleted where it never got its name. */
    private boolean isPossible(NameChange change) {
        return change.from() == null || durableNames.get(change.from()) == change.file();
    }

    private SimulatedFile file(String name) {
        SimulatedFile file = names.get(name);
        Check.state(file != null, "there is no file " + name);
        return Objects.requireNonNull(file);
    }
}
