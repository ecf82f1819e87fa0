package io.zookit.storage.mapdb;

import io.zookit.disk.DiskCalls;
import io.zookit.disk.DiskFailure;
import io.zookit.disk.DiskFile;
import io.zookit.spi.storage.StorageException;
import java.io.File;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.mapdb.DataInput2;
import org.mapdb.volume.Volume;

/**
 * A MapDB volume over one file of {@link DiskCalls}. Compared with the volumes of MapDB 3.1.0 it forces without the time of
 * change ({@code force(false)}), never maps memory (a full disk must be an exception, not a signal), and every failure is a
 * {@link StorageException} that names the file. What neither the log nor a sorted table uses is refused.
 */
final class DiskVolume extends Volume {
    private final Path path;
    private final DiskFile file;

    private DiskVolume(Path path, DiskFile file) {
        this.path = path;
        this.file = file;
    }

    /**
     * Opens a file as a volume.
     *
     * @throws StorageException when that fails
     */
    static DiskVolume open(DiskCalls disk, Path path, DiskCalls.Access access) {
        try {
            return new DiskVolume(path, disk.open(path, access));
        } catch (IOException e) {
            throw DiskFailure.of("open", path, e);
        }
    }

    Path path() {
        return path;
    }

    @Override
    public void ensureAvailable(long offset) {
        // A file grows by being written; holes are never made.
    }

    @Override
    public void truncate(long length) {
        try {
            file.truncate(length);
        } catch (IOException e) {
            throw DiskFailure.of("cut to " + length + " bytes", path, e);
        }
    }

    @Override
    public void putLong(long offset, long value) {
        putData(offset, ByteBuffer.allocate(Long.BYTES).putLong(0, value));
    }

    @Override
    public void putInt(long offset, int value) {
        putData(offset, ByteBuffer.allocate(Integer.BYTES).putInt(0, value));
    }

    @Override
    public void putByte(long offset, byte value) {
        putData(offset, ByteBuffer.allocate(1).put(0, value));
    }

    @Override
    public void putData(long offset, byte[] source, int sourceOffset, int length) {
        putData(offset, ByteBuffer.wrap(source, sourceOffset, length));
    }

    @Override
    public void putData(long offset, ByteBuffer source) {
        int length = source.remaining();
        try {
            file.write(source, offset);
        } catch (IOException e) {
            throw DiskFailure.of("write " + length + " bytes at offset " + offset + " of", path, e);
        }
    }

    @Override
    public long getLong(long offset) {
        return read(offset, Long.BYTES).getLong(0);
    }

    @Override
    public int getInt(long offset) {
        return read(offset, Integer.BYTES).getInt(0);
    }

    @Override
    public byte getByte(long offset) {
        return read(offset, 1).get(0);
    }

    @Override
    public DataInput2 getDataInput(long offset, int length) {
        // A damaged table can ask for anything; a sound one for no more than a page.
        if (length > SnapshotLayout.PAGE_BYTES) {
            throw new StorageException("the table in " + path + " asks for " + length + " bytes at once", null);
        }
        return new DataInput2.ByteArray(read(offset, length).array());
    }

    @Override
    public void getData(long offset, byte[] target, int targetOffset, int length) {
        readInto(offset, ByteBuffer.wrap(target, targetOffset, length));
    }

    private ByteBuffer read(long offset, int length) {
        if (length < 0 || offset < 0 || offset > length() - length) {
            throw new StorageException(path + " ends before offset " + (offset + length), null);
        }
        ByteBuffer buffer = ByteBuffer.allocate(length);
        readInto(offset, buffer);
        return buffer;
    }

    private void readInto(long offset, ByteBuffer buffer) {
        int length = buffer.remaining();
        int count;
        try {
            count = file.read(buffer, offset);
        } catch (IOException e) {
            throw DiskFailure.of("read " + length + " bytes at offset " + offset + " of", path, e);
        }
        if (count < length) {
            throw new StorageException(path + " ends at offset " + (offset + count) + ", expected more", null);
        }
    }

    @Override
    public void sync() {
        try {
            file.force();
        } catch (IOException e) {
            throw DiskFailure.of("force", path, e);
        }
    }

    @Override
    public void close() {
        if (closed.compareAndSet(false, true)) {
            try {
                file.close();
            } catch (IOException e) {
                throw DiskFailure.of("close", path, e);
            }
        }
    }

    @Override
    public int sliceSize() {
        return -1;
    }

    @Override
    public boolean isSliced() {
        return false;
    }

    @Override
    public long length() {
        try {
            return file.length();
        } catch (IOException e) {
            throw DiskFailure.of("ask the length of", path, e);
        }
    }

    @Override
    public boolean isReadOnly() {
        return false;
    }

    @Override
    public File getFile() {
        return path.toFile();
    }

    @Override
    public boolean getFileLocked() {
        return true;
    }

    @Override
    public void clear(long startOffset, long endOffset) {
        Zeros.write(this, startOffset, endOffset);
    }

    @Override
    public void deleteFile() {
        throw new UnsupportedOperationException("a volume does not delete its file");
    }
}
