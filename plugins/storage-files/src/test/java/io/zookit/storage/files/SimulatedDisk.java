package io.zookit.storage.files;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * A disk in memory that knows what would survive a loss of power: of each file any part, in sectors, of what was written since
 * it was forced, and of each directory any part of what was created, renamed and deleted since it was forced.
 */
final class SimulatedDisk implements DiskCalls {
    private static final int SECTOR = 512;

    /** Thrown by the call at which the power fails, and by all after it. */
    static final class PowerCut extends IOException {
        private static final long serialVersionUID = 1L;
    }

    /** A write, or with {@code bytes == null} a cut, that was not forced yet. */
    private record Change(long offset, byte[] bytes) {}

    /** A name that appeared ({@code file}) or went away (null), and, for a rename, the name it replaced. */
    private record NameChange(Path name, Inode file, Path from) {}

    private static final class Inode {
        byte[] current = new byte[0];
        byte[] durable = new byte[0];
        final List<Change> changes = new ArrayList<>();
    }

    private static final class Directory {
        final Map<Path, Inode> current = new LinkedHashMap<>();
        final Map<Path, Inode> durable = new LinkedHashMap<>();
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

    /** Fails the power at the n-th changing call from now on, counted from 1. */
    synchronized void cutPowerAt(int call) {
        cutAt = calls + call;
    }

    /** From the n-th changing call on, counted from 1, there is no space left and no force succeeds. */
    synchronized void failFrom(int call) {
        fullAt = calls + call;
    }

    synchronized void heal() {
        fullAt = Integer.MAX_VALUE;
        locks.clear();
    }

    /** Files are not forced when they are said to be. */
    void lieAboutForces() {
        liesAboutForces = true;
    }

    /** Directories are not forced when they are said to be. */
    void lieAboutDirectories() {
        liesAboutDirectories = true;
    }

    synchronized void usableBytes(long bytes) {
        usableBytes = bytes;
    }

    synchronized int calls() {
        return calls;
    }

    synchronized int forces() {
        return forces;
    }

    /** One of the disks that can be found after the power comes back. */
    synchronized SimulatedDisk afterPowerLoss(Random random) {
        double keep = new double[] {0, 0.1, 0.5, 0.9, 1}[random.nextInt(5)];
        SimulatedDisk found = new SimulatedDisk();
        Map<Inode, Inode> copies = new java.util.IdentityHashMap<>();
        for (Map.Entry<Path, Directory> entry : directories.entrySet()) {
            Map<Path, Inode> names = new LinkedHashMap<>(entry.getValue().durable);
            for (NameChange change : entry.getValue().changes) {
                if (random.nextDouble() < keep) {
                    apply(names, change);
                }
            }
            Directory copy = new Directory();
            names.forEach((name, file) ->
                    copy.durable.put(name, copies.computeIfAbsent(file, original -> survivor(original, keep, random))));
            copy.current.putAll(copy.durable);
            found.directories.put(entry.getKey(), copy);
        }
        return found;
    }

    private static void apply(Map<Path, Inode> names, NameChange change) {
        if (change.from() != null) {
            names.remove(change.from());
        }
        if (change.file() == null) {
            names.remove(change.name());
        } else {
            names.put(change.name(), change.file());
        }
    }

    private static Inode survivor(Inode file, double keep, Random random) {
        byte[] bytes = file.durable.clone();
        if (random.nextDouble() < keep) {
            // The length came through, whatever of the data did.
            bytes = Arrays.copyOf(bytes, file.current.length);
        }
        for (int sector = 0; sector * SECTOR < bytes.length; sector++) {
            // A sector is as it was after some number of the writes, not with one of them left out.
            int applied = random.nextDouble() < keep ? file.changes.size() : random.nextInt(file.changes.size() + 1);
            applied = keep == 0 ? 0 : keep == 1 ? file.changes.size() : applied;
            for (Change change : file.changes.subList(0, applied)) {
                if (change.bytes() != null) {
                    applySector(bytes, sector, change);
                }
            }
        }
        Inode copy = new Inode();
        copy.current = bytes;
        copy.durable = bytes.clone();
        return copy;
    }

    private static void applySector(byte[] bytes, int sector, Change change) {
        long start = Math.max(change.offset(), (long) sector * SECTOR);
        long end = Math.min(change.offset() + change.bytes().length, Math.min(bytes.length, (sector + 1L) * SECTOR));
        if (start < end) {
            System.arraycopy(change.bytes(), (int) (start - change.offset()), bytes, (int) start, (int) (end - start));
        }
    }

    /** Changes the byte in the middle of a run of bytes, wherever a file holds it. */
    synchronized void damage(byte[] content) {
        for (Directory directory : directories.values()) {
            for (Inode file : directory.current.values()) {
                int at = indexOf(file.current, content);
                if (at >= 0) {
                    flip(file, at + content.length / 2);
                    return;
                }
            }
        }
        throw new AssertionError("the bytes to be damaged are not on the disk");
    }

    static int indexOf(byte[] bytes, byte[] content) {
        for (int i = 0; i + content.length <= bytes.length; i++) {
            if (Arrays.equals(bytes, i, i + content.length, content, 0, content.length)) {
                return i;
            }
        }
        return -1;
    }

    /** Changes one byte of a file. */
    synchronized void flip(Path name, int offset) {
        flip(file(name), offset);
    }

    private static void flip(Inode file, int offset) {
        file.current[offset] ^= 0x55;
        file.durable = file.current.clone();
        file.changes.clear();
    }

    synchronized byte[] content(Path name) {
        return file(name).current.clone();
    }

    synchronized void content(Path name, byte[] bytes) {
        Inode file = file(name);
        file.current = bytes.clone();
        file.durable = bytes.clone();
        file.changes.clear();
    }

    synchronized List<Path> files() {
        List<Path> files = new ArrayList<>();
        directories.values().forEach(directory -> files.addAll(directory.current.keySet()));
        files.sort(null);
        return files;
    }

    private Inode file(Path name) {
        Inode file = directories.get(name.getParent()).current.get(name);
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
        if (access == Access.CREATE) {
            if (!step()) {
                throw full();
            }
            Inode file = new Inode();
            change(directory, new NameChange(name, file, null));
        }
        Inode file = directory.current.get(name);
        if (file == null) {
            throw new NoSuchFileException(name.toString());
        }
        return new OpenFile(file);
    }

    private Directory directory(Path name) throws IOException {
        Directory directory = directories.get(name.getParent());
        if (directory == null) {
            throw new FileNotFoundException(name.toString());
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
        Inode file = directory.current.get(from);
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
        Directory directory = directories.get(name);
        directory.durable.clear();
        directory.durable.putAll(directory.current);
        directory.changes.clear();
    }

    @Override
    public synchronized List<String> list(Path name) throws IOException {
        requirePower();
        List<String> names = new ArrayList<>();
        directories
                .get(name)
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
    public synchronized AutoCloseable tryLock(Path file) throws IOException {
        requirePower();
        return locks.add(file) ? () -> unlock(file) : null;
    }

    @Override
    public synchronized long usableBytes(Path directory) throws IOException {
        requirePower();
        return usableBytes;
    }

    private synchronized void unlock(Path file) {
        locks.remove(file);
    }

    private final class OpenFile implements DiskFile {
        private final Inode file;
        private boolean closed;

        OpenFile(Inode file) {
            this.file = file;
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
                int count = (int) Math.max(0, Math.min(into.remaining(), file.current.length - offset));
                into.put(file.current, (int) Math.min(offset, file.current.length), count);
                return count;
            }
        }

        @Override
        public void write(ByteBuffer from, long offset) throws IOException {
            synchronized (SimulatedDisk.this) {
                requireOpen();
                boolean room = step();
                byte[] bytes = new byte[room ? from.remaining() : from.remaining() / 2];
                from.get(bytes);
                if (file.current.length < offset + bytes.length) {
                    file.current = Arrays.copyOf(file.current, (int) offset + bytes.length);
                }
                System.arraycopy(bytes, 0, file.current, (int) offset, bytes.length);
                file.changes.add(new Change(offset, bytes));
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
                file.durable = file.current.clone();
                file.changes.clear();
            }
        }

        @Override
        public void truncate(long length) throws IOException {
            synchronized (SimulatedDisk.this) {
                requireOpen();
                step();
                file.current = Arrays.copyOf(file.current, (int) length);
                file.changes.add(new Change(length, null));
                requirePower();
            }
        }

        @Override
        public long length() throws IOException {
            synchronized (SimulatedDisk.this) {
                requireOpen();
                return file.current.length;
            }
        }

        @Override
        public void close() {
            closed = true;
        }
    }
}
