package io.zookit.tck;

import io.zookit.disk.DiskBlocks;
import io.zookit.disk.DiskCalls;
import io.zookit.disk.DiskFile;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A disk in memory that knows what would survive a loss of power: of each file any part, in sectors, of what was written since
 * it was forced, and of each directory any part of what was created, renamed and deleted since it was forced. It can also be full,
 * and lie. Safe for all threads.
 */
public final class SimulatedDisk implements DiskCalls {
    /** Thrown by the call at which the power fails, and by all after it. */
    public static final class PowerCut extends IOException {
        private static final long serialVersionUID = 1L;

        PowerCut() {
            super("the power has failed");
        }
    }

    /** A name that appeared ({@code file}) or went away (null), and, for a rename, the name it replaced. */
    private record NameChange(
            Path name,
            @Nullable SimulatedFile file,
            @Nullable Path from) {}

    private static final class Directory {
        final Map<Path, SimulatedFile> current = new LinkedHashMap<>();
        final Map<Path, SimulatedFile> durable = new LinkedHashMap<>();
        final List<NameChange> changes = new ArrayList<>();
    }

    private final Map<Path, Directory> directories = new LinkedHashMap<>();
    private final Set<Path> locks = new HashSet<>();
    private int calls;
    private int forces;
    private int cutAt = Integer.MAX_VALUE;
    private int fullAt = Integer.MAX_VALUE;
    private long usableBytes = Long.MAX_VALUE;
    private boolean liesAboutForces;
    private boolean liesAboutDirectories;

    /** An empty disk. */
    public SimulatedDisk() {}

    /** Fails the power at the n-th changing call from now on, counted from 1. */
    public synchronized void cutPowerAt(int call) {
        cutAt = calls + call;
    }

    /** From the n-th changing call on, counted from 1, there is no space left and no force succeeds. */
    public synchronized void failFrom(int call) {
        fullAt = calls + call;
    }

    /** Whether a call has met with {@link #failFrom}. */
    public synchronized boolean isFailing() {
        return calls >= fullAt;
    }

    /** There is room again, and the locks of who was there before are gone. */
    public synchronized void heal() {
        fullAt = Integer.MAX_VALUE;
        locks.clear();
    }

    /** Files are not forced when they are said to be. */
    public void lieAboutForces() {
        liesAboutForces = true;
    }

    /** Directories are not forced when they are said to be. */
    public void lieAboutDirectories() {
        liesAboutDirectories = true;
    }

    /** Sets what is said about the room that is left, in bytes; it bounds nothing. */
    public synchronized void usableBytes(long bytes) {
        usableBytes = bytes;
    }

    /** How many changing calls there were. */
    public synchronized int calls() {
        return calls;
    }

    /** How often the bytes of a file were forced. */
    public synchronized int forces() {
        return forces;
    }

    /** One of the disks that can be found after the power comes back. */
    public synchronized SimulatedDisk afterPowerLoss(Random random) {
        double keep = new double[] {0, 0.1, 0.5, 0.9, 1}[random.nextInt(5)];
        SimulatedDisk found = new SimulatedDisk();
        IdentityHashMap<SimulatedFile, SimulatedFile> copies = new IdentityHashMap<>();
        for (Map.Entry<Path, Directory> entry : directories.entrySet()) {
            Map<Path, SimulatedFile> names = new LinkedHashMap<>(entry.getValue().durable);
            for (NameChange change : entry.getValue().changes) {
                if (random.nextDouble() < keep) {
                    apply(names, change);
                }
            }
            Directory copy = new Directory();
            names.forEach((name, file) ->
                    copy.durable.put(name, copies.computeIfAbsent(file, original -> original.survivor(keep, random))));
            copy.current.putAll(copy.durable);
            found.directories.put(entry.getKey(), copy);
        }
        return found;
    }

    private static void apply(Map<Path, SimulatedFile> names, NameChange change) {
        if (change.from() != null) {
            names.remove(change.from());
        }
        if (change.file() == null) {
            names.remove(change.name());
        } else {
            names.put(change.name(), change.file());
        }
    }

    /** Changes the byte in the middle of a run of bytes, wherever a file holds it. */
    public synchronized void damage(byte[] content) {
        for (Directory directory : directories.values()) {
            for (SimulatedFile file : directory.current.values()) {
                int at = file.indexOf(content);
                if (at >= 0) {
                    file.flip(at + content.length / 2);
                    return;
                }
            }
        }
        throw new AssertionError("the bytes to be damaged are not on the disk");
    }

    /** Changes one byte of a file. */
    public synchronized void flip(Path name, int offset) {
        file(name).flip(offset);
    }

    /** The bytes of a file as they can be read now. */
    public synchronized byte[] content(Path name) {
        return file(name).content();
    }

    /** Puts bytes in the place of those of a file, durably. */
    public synchronized void content(Path name, byte[] bytes) {
        file(name).content(bytes);
    }

    /** All files there are, sorted. */
    public synchronized List<Path> files() {
        List<Path> files = new ArrayList<>();
        directories.values().forEach(directory -> files.addAll(directory.current.keySet()));
        files.sort(null);
        return files;
    }

    private SimulatedFile file(Path name) {
        Directory directory = directories.get(name.getParent());
        SimulatedFile file = directory == null ? null : directory.current.get(name);
        if (file == null) {
            throw new AssertionError("no file " + name);
        }
        return file;
    }

    /** Counts a changing call; answers whether there is room for it. */
    private boolean step() throws IOException {
        calls++;
        return calls < fullAt;
    }

    private void requirePower() throws IOException {
        if (calls >= cutAt) {
            throw new PowerCut();
        }
    }

    private static IOException full() {
        return new IOException("No space left on device");
    }

    @Override
    public synchronized DiskFile open(Path name, Access access) throws IOException {
        requirePower();
        Directory directory = directory(name);
        if (access == Access.CREATE || access == Access.CREATE_BLOCKS) {
            if (!step()) {
                throw full();
            }
            SimulatedFile file = new SimulatedFile();
            change(directory, new NameChange(name, file, null));
        }
        SimulatedFile file = directory.current.get(name);
        if (file == null) {
            throw new NoSuchFileException(name.toString());
        }
        return new OpenFile(file, access == Access.CREATE_BLOCKS || access == Access.WRITE_BLOCKS);
    }

    private Directory directory(Path file) throws IOException {
        Path parent = file.getParent();
        if (parent == null) {
            throw new FileNotFoundException(file.toString());
        }
        return directoryAt(parent);
    }

    private Directory directoryAt(Path path) throws IOException {
        Directory directory = directories.get(path);
        if (directory == null) {
            throw new FileNotFoundException(path.toString());
        }
        return directory;
    }

    private void change(Directory directory, NameChange change) throws IOException {
        apply(directory.current, change);
        directory.changes.add(change);
        requirePower();
    }

    @Override
    public synchronized void rename(Path from, Path to) throws IOException {
        requirePower();
        if (!step()) {
            throw full();
        }
        Directory directory = directory(from);
        SimulatedFile file = directory.current.get(from);
        if (file == null) {
            throw new NoSuchFileException(from.toString());
        }
        change(directory, new NameChange(to, file, from));
    }

    @Override
    public synchronized void delete(Path name) throws IOException {
        requirePower();
        step();
        Directory directory = directory(name);
        if (!directory.current.containsKey(name)) {
            throw new NoSuchFileException(name.toString());
        }
        change(directory, new NameChange(name, null, null));
    }

    @Override
    public synchronized void forceDirectory(Path name) throws IOException {
        requirePower();
        boolean works = step();
        requirePower();
        if (!works) {
            throw new IOException("Input/output error");
        }
        if (liesAboutDirectories) {
            return;
        }
        Directory directory = directoryAt(name);
        directory.durable.clear();
        directory.durable.putAll(directory.current);
        directory.changes.clear();
    }

    @Override
    public synchronized List<String> list(Path name) throws IOException {
        requirePower();
        List<String> names = new ArrayList<>();
        directoryAt(name)
                .current
                .keySet()
                .forEach(file -> names.add(file.getFileName().toString()));
        return names;
    }

    @Override
    public synchronized Path createDirectories(Path directory) throws IOException {
        requirePower();
        directories.computeIfAbsent(directory, absent -> new Directory());
        return directory;
    }

    @Override
    public synchronized @Nullable AutoCloseable tryLock(Path file) throws IOException {
        requirePower();
        return locks.add(file) ? () -> unlock(file) : null;
    }

    private synchronized void unlock(Path file) {
        locks.remove(file);
    }

    @Override
    public synchronized long usableBytes(Path directory) throws IOException {
        requirePower();
        return usableBytes;
    }

    private final class OpenFile implements DiskFile {
        private final SimulatedFile file;
        private final boolean takesBlocksOnly;
        private boolean closed;

        OpenFile(SimulatedFile file, boolean takesBlocksOnly) {
            this.file = file;
            this.takesBlocksOnly = takesBlocksOnly;
        }

        private void requireBlocks(ByteBuffer from, long offset) {
            int block = DiskBlocks.BYTES;
            if (offset % block != 0
                    || from.remaining() % block != 0
                    || !from.isDirect()
                    || from.alignmentOffset(from.position(), block) != 0) {
                throw new AssertionError("not in blocks: " + from.remaining() + " bytes at offset " + offset);
            }
        }

        private void requireOpen() throws IOException {
            if (closed) {
                throw new IOException("the file is closed");
            }
            requirePower();
        }

        @Override
        public int read(ByteBuffer into, long offset) throws IOException {
            synchronized (SimulatedDisk.this) {
                requireOpen();
                return file.read(into, offset);
            }
        }

        @Override
        public void write(ByteBuffer from, long offset) throws IOException {
            synchronized (SimulatedDisk.this) {
                requireOpen();
                if (takesBlocksOnly) {
                    requireBlocks(from, offset);
                }
                boolean room = step();
                byte[] bytes = new byte[room ? from.remaining() : from.remaining() / 2];
                from.get(bytes);
                file.write(bytes, offset);
                requirePower();
                if (!room) {
                    throw full();
                }
            }
        }

        @Override
        public void force() throws IOException {
            synchronized (SimulatedDisk.this) {
                requireOpen();
                boolean works = step();
                requirePower();
                if (!works) {
                    throw new IOException("Input/output error");
                }
                forces++;
                if (liesAboutForces) {
                    return;
                }
                file.force();
            }
        }

        @Override
        public void truncate(long length) throws IOException {
            synchronized (SimulatedDisk.this) {
                requireOpen();
                step();
                file.truncate((int) length);
                requirePower();
            }
        }

        @Override
        public long length() throws IOException {
            synchronized (SimulatedDisk.this) {
                requireOpen();
                return file.length();
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
