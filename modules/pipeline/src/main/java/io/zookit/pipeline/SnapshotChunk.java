package io.zookit.pipeline;

import io.zookit.model.Acl;
import io.zookit.model.PersistedStat;
import io.zookit.spi.storage.SnapshotSink;
import io.zookit.tree.NodeCapture;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Some znodes of a snapshot, captured by the owner of the state and written by the snapshot thread. It holds references only. */
final class SnapshotChunk implements NodeCapture {
    /** Znodes in a full chunk. */
    static final int NODES = 512;

    private final List<Captured> nodes = new ArrayList<>(NODES);

    private record Captured(
            String path, byte[] content, int dataOffset, int dataLength, List<Acl> acl, PersistedStat stat) {}

    @Override
    public void node(String path, byte[] content, int dataOffset, int dataLength, List<Acl> acl, PersistedStat stat) {
        nodes.add(new Captured(path, content, dataOffset, dataLength, acl, stat));
    }

    boolean isFull() {
        return nodes.size() >= NODES;
    }

    boolean isEmpty() {
        return nodes.isEmpty();
    }

    void writeTo(SnapshotSink sink) {
        for (Captured node : nodes) {
            ByteBuffer data =
                    node.dataLength < 0 ? null : ByteBuffer.wrap(node.content, node.dataOffset, node.dataLength);
            sink.node(node.path, data, node.acl, node.stat);
        }
    }
}
