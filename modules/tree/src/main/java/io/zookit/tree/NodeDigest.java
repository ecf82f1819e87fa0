package io.zookit.tree;

import java.nio.ByteBuffer;
import java.util.zip.CRC32;

/**
 * The digest, version 2: the sum over all znodes, modulo 2^64, of the CRC-32 of path, data and stat. All members of an ensemble
 * compute the same number, so the bytes and their order are given. The root counts with an empty path, and what lies below
 * {@code /zookeeper} not at all, because members may differ there.
 *
 * <p>Of each znode the CRC of path and data is kept. A change of the stat alone, such as a parent sees with every child, then
 * takes the CRC of 60 bytes, however long the data: CRCs of two pieces can be joined, and joining is a matter of four table
 * lookups because the second piece always has the same length.
 *
 * <p>An instance has buffers of its own and belongs to one thread.
 */
final class NodeDigest {
    private static final int STAT_BYTES = 60;
    private static final int POLYNOMIAL = 0xedb8_8320;
    private static final String EXCLUDED_PREFIX = "/zookeeper/";

    private final CRC32 crc = new CRC32();
    private final ByteBuffer stat = ByteBuffer.allocate(STAT_BYTES);
    private final int[][] pastStat = new int[Integer.BYTES][256];
    private byte[] pathBytes = new byte[256];

    NodeDigest() {
        int[] bitPastStat = new int[Integer.SIZE];
        for (int bit = 0; bit < Integer.SIZE; bit++) {
            bitPastStat[bit] = throughZeros(1 << bit);
        }
        for (int octet = 0; octet < Integer.BYTES; octet++) {
            for (int value = 1; value < 256; value++) {
                int lowest = Integer.numberOfTrailingZeros(value);
                pastStat[octet][value] = pastStat[octet][value & (value - 1)] ^ bitPastStat[octet * Byte.SIZE + lowest];
            }
        }
    }

    /** What becomes of a CRC while as many zero bytes as a stat has go through it. */
    private static int throughZeros(int crc) {
        int result = crc;
        for (int bit = 0; bit < STAT_BYTES * Byte.SIZE; bit++) {
            result = (result & 1) == 0 ? result >>> 1 : (result >>> 1) ^ POLYNOMIAL;
        }
        return result;
    }

    /** Whether the znode at a path counts. */
    static boolean counts(String path) {
        return !path.startsWith(EXCLUDED_PREFIX);
    }

    /**
     * The CRC of path and data.
     *
     * @param path complete path, {@code /} for the root
     * @param bytes holds the data
     * @param offset where the data begins
     * @param length bytes of data, 0 also when there is none
     */
    int contentCrc(String path, byte[] bytes, int offset, int length) {
        crc.reset();
        int pathLength = path.length() == 1 ? 0 : path.length();
        int pathBytesMax = pathLength * 3;
        if (pathBytes.length < pathBytesMax) {
            pathBytes = new byte[pathBytesMax];
        }
        crc.update(pathBytes, 0, NameBytes.write(path, 0, pathLength, pathBytes, 0));
        crc.update(bytes, offset, length);
        return (int) crc.getValue();
    }

    /** The digest of one znode, 0 to 2^32 - 1, from the CRC of its path and data and from its facts. */
    long of(int contentCrc, PendingZnode node) {
        stat.clear();
        stat.putLong(node.czxid()).putLong(node.mzxid()).putLong(node.pzxid());
        stat.putLong(node.ctime()).putLong(node.mtime());
        stat.putInt(node.version()).putInt(node.cversion()).putInt(node.aversion());
        stat.putLong(node.ephemeralOwner());
        crc.reset();
        crc.update(stat.array(), 0, STAT_BYTES);
        return Integer.toUnsignedLong((int) crc.getValue() ^ pastStat(contentCrc));
    }

    private int pastStat(int contentCrc) {
        return pastStat[0][contentCrc & 0xff]
                ^ pastStat[1][(contentCrc >>> 8) & 0xff]
                ^ pastStat[2][(contentCrc >>> 16) & 0xff]
                ^ pastStat[3][contentCrc >>> 24];
    }
}
