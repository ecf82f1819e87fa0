package io.zookit.storage.files;

import io.zookit.model.Acl;
import io.zookit.model.PersistedStat;
import io.zookit.model.ZnodePath;
import io.zookit.spi.storage.SnapshotStore;
import io.zookit.spi.storage.SnapshotWriter;
import java.nio.ByteBuffer;
import java.util.List;

/**
 * The state before the first transaction, which is the same everywhere. Apache's server believes no log that has no snapshot to
 * begin with; so the first file of a log is preceded by this one.
 */
final class FreshState {
    private FreshState() {}

    /** Writes it, unless there is a snapshot already. */
    static void writeInto(SnapshotStore snapshots) {
        if (!snapshots.zxids().isEmpty()) {
            return;
        }
        try (SnapshotWriter writer = snapshots.write(0)) {
            node(writer, ZnodePath.ROOT, Acl.OPEN_UNSAFE, 0);
            node(writer, ZnodePath.ZOOKEEPER, Acl.OPEN_UNSAFE, 0);
            node(writer, ZnodePath.CONFIG, Acl.READ_UNSAFE, -1);
            node(writer, ZnodePath.QUOTA, Acl.OPEN_UNSAFE, 0);
            writer.end(null);
        }
    }

    private static void node(SnapshotWriter writer, String path, List<Acl> acl, int aversion) {
        writer.node(path, ByteBuffer.allocate(0), acl, new PersistedStat(0, 0, 0, 0, 0, 0, aversion, 0, 0));
    }
}
