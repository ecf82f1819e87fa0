package io.zookit.storage.mapdb;

import io.zookit.disk.DiskBlocks;
import io.zookit.disk.Remedies;
import io.zookit.spi.storage.CorruptStorageException;
import io.zookit.spi.storage.StorageException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/**
 * The first 64 bytes of a log segment. It is forced before the segment gets its name, and never changes.
 *
 * @param salt random; part of every checksum in the segment, so that bytes of another file or of an earlier use never look valid
 * @param firstZxid the zxid of the first record, also in the file's name
 * @param previousZxid the zxid of the record before it, 0 for none
 * @param previousSegment the first zxid of the segment before this one, 0 for none: a missing file is noticed
 */
record SegmentHeader(long salt, long firstZxid, long previousZxid, long previousSegment) {
    static final int BYTES = 64;

    private static final long MAGIC = 0x5a4f4f4b49544c47L; // "ZOOKITLG"
    private static final int VERSION = 1;
    private static final int CRC_OFFSET = BYTES - Integer.BYTES;

    /** The mark at the beginning of each frame: makes the search for frames cheap and unpredictable for whoever chooses the payload. */
    int mark() {
        return (int) (salt ^ (salt >>> 32)) | 1;
    }

    /** Writes it, and zeros to the end of its block. */
    void write(DiskVolume volume) {
        volume.putData(0, DiskBlocks.allocate(BYTES).put(bytes()).clear());
    }

    /** The bytes of the header. */
    ByteBuffer bytes() {
        ByteBuffer bytes = ByteBuffer.allocate(BYTES);
        bytes.putLong(MAGIC).putInt(VERSION).putInt(0);
        bytes.putLong(salt).putLong(firstZxid).putLong(previousZxid).putLong(previousSegment);
        bytes.putInt(CRC_OFFSET, crc(bytes.array()));
        return bytes.clear();
    }

    /**
     * Reads and checks the header of a segment.
     *
     * @param nameZxid the first zxid according to the file's name
     * @throws CorruptStorageException when it is damaged
     */
    static SegmentHeader read(DiskVolume volume, long nameZxid) {
        Path path = volume.path();
        if (volume.length() < BYTES) {
            throw new CorruptStorageException(
                    path + " is shorter than its header of " + BYTES + " bytes; " + Remedies.LOG);
        }
        byte[] array = new byte[BYTES];
        volume.getData(0, array, 0, BYTES);
        ByteBuffer bytes = ByteBuffer.wrap(array);
        if (bytes.getLong(0) != MAGIC || bytes.getInt(CRC_OFFSET) != crc(array)) {
            throw new CorruptStorageException(
                    path + " is damaged at offset 0: its header fails the checksum; " + Remedies.LOG);
        }
        int version = bytes.getInt(8);
        if (version != VERSION) {
            throw new StorageException(
                    path + " has log format " + version + ", this server knows " + VERSION
                            + "; start the version that wrote it",
                    null);
        }
        SegmentHeader header =
                new SegmentHeader(bytes.getLong(16), bytes.getLong(24), bytes.getLong(32), bytes.getLong(40));
        if (header.firstZxid != nameZxid) {
            throw new CorruptStorageException(path + " begins with zxid " + FileNames.of("", header.firstZxid)
                    + ", its name says otherwise; give the file its name back");
        }
        return header;
    }

    private static int crc(byte[] bytes) {
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, CRC_OFFSET);
        return (int) crc.getValue();
    }
}
