package io.zookit.storage.mapdb;

import java.nio.ByteBuffer;
import java.util.zip.CRC32C;

/**
 * The bytes of a snapshot: a MapDB sorted table from 0, 1, 2, ... to blocks. The table has no checksums, each block has one. All
 * numbers are big-endian; a text is its length in bytes (int) and its UTF-8.
 *
 * <pre>
 *   block      int crc (CRC32C of the snapshot's zxid and everything after this field)
 *              int sequence (the key in the table)
 *              byte kind, then by kind:
 *   HEADER     int version, long zxid
 *   RECORDS    whole records
 *   PART       a piece of a record too large for one block; more follow
 *   LAST_PART  its last piece
 *   FOOTER     long sessions, long nodes, int blocks before this one, int CRC32C of their crc fields, byte hasDigest, long digest
 *
 *   record     byte type, then by type:
 *   SESSION    long id, int timeoutMillis
 *   ACL        int count, each: int permissions, text scheme, text id. The lists are numbered from 0 as they come,
 *              each before the first node that has it
 *   NODE       text path, int list, long czxid, mzxid, ctime, mtime, int version, cversion, aversion,
 *              long ephemeralOwner, pzxid, int data length (-1 for none), data
 * </pre>
 */
final class SnapshotLayout {
    static final int VERSION = 1;

    static final byte HEADER = 1;
    static final byte RECORDS = 2;
    static final byte PART = 3;
    static final byte LAST_PART = 4;
    static final byte FOOTER = 5;

    static final byte SESSION = 1;
    static final byte ACL = 2;
    static final byte NODE = 3;

    /** Blocks in a node of the table, and bytes in one of its pages: two full nodes fill a page (MapDB 3.1.0 needs node &lt; page). */
    static final int BLOCKS_IN_NODE = 4;

    static final int PAGE_BYTES = 256 * 1024;
    static final int BLOCK_BYTES_MAX = 32_600;
    static final int BLOCK_HEADER_BYTES = 9;
    static final int PAYLOAD_BYTES_MAX = BLOCK_BYTES_MAX - BLOCK_HEADER_BYTES;

    /** The fixed part of a NODE record after its path. */
    static final int NODE_FIXED_BYTES = 4 * Integer.BYTES + 6 * Long.BYTES + Integer.BYTES;

    /** Where the table says how many pages follow the first, and how large a page is (MapDB 3.1.0). */
    static final long TABLE_PAGE_COUNT_OFFSET = 24;

    static final long TABLE_PAGE_BYTES_OFFSET = 32;

    private SnapshotLayout() {}

    /** The checksum of a block: a block of another snapshot, or of another place, is not valid. */
    static int crc(CRC32C crc, long zxid, byte[] block, int length) {
        crc.reset();
        crc.update(ByteBuffer.allocate(Long.BYTES).putLong(0, zxid));
        crc.update(block, Integer.BYTES, length - Integer.BYTES);
        return (int) crc.getValue();
    }
}
