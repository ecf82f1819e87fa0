package io.zookit.storage.mapdb;

import io.zookit.spi.storage.StorageException;
import java.io.IOException;
import org.mapdb.DataInput2;
import org.mapdb.serializer.SerializerByteArray;

/** MapDB's byte arrays, in MapDB's format, but a damaged table cannot make it allocate more than a block. */
final class BlockSerializer extends SerializerByteArray {
    @Override
    public byte[][] valueArrayDeserialize(DataInput2 in, int size) throws IOException {
        int count = in.unpackInt();
        if (count < 1 || count > SnapshotLayout.BLOCKS_IN_NODE) {
            throw new StorageException("a node of the table holds " + count + " blocks", null);
        }
        byte[][] blocks = new byte[count][];
        for (int i = 0; i < count; i++) {
            int length = in.unpackInt();
            if (length < SnapshotLayout.BLOCK_HEADER_BYTES || length > SnapshotLayout.BLOCK_BYTES_MAX) {
                throw new StorageException("a block has " + length + " bytes", null);
            }
            blocks[i] = new byte[length];
            in.readFully(blocks[i]);
        }
        return blocks;
    }
}
