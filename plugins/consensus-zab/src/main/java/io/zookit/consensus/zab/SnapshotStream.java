package io.zookit.consensus.zab;

import io.zookit.model.Acl;
import io.zookit.model.PersistedStat;
import io.zookit.spi.storage.SnapshotSink;
import io.zookit.spi.storage.SnapshotStore;
import io.zookit.wire.JuteWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Writes the state as it follows a SNAP packet (quorum protocol): sessions, ACL lists by number, znodes with parents before
 * children, {@code "/"}, and a word that says it was everything. A stored snapshot is read twice, because the lists come first.
 */
final class SnapshotStream {
    /** The last word of the stream. */
    static final String SIGNATURE = "BenWasHere";

    /** The end of the znodes; the root itself is called by the empty path. */
    static final String END = "/";

    /** The number of the list that lets everybody do everything. */
    static final long OPEN = -1;

    private static final PersistedStat NEVER_CHANGED = new PersistedStat(0, 0, 0, 0, 0, 0, 0, 0, 0);
    private static final PersistedStat CONFIG_STAT = new PersistedStat(0, 0, 0, 0, 0, 0, -1, 0, 0);

    private final PacketOutput out;
    private final JuteWriter writer;
    private final Map<List<Acl>, Long> numbers = new LinkedHashMap<>();

    SnapshotStream(PacketOutput out) {
        this.out = out;
        this.writer = out.raw();
    }

    /** Writes a stored snapshot. */
    void write(SnapshotStore snapshots, long zxid) throws IOException {
        Heads heads = new Heads();
        snapshots.read(zxid, heads);
        writeHeads(heads.sessions);
        try {
            snapshots.read(zxid, new Nodes());
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
        writeEnd();
    }

    /** Writes the state every server begins with: what a log that reaches back to the first transaction stands on. */
    void writeInitial() throws IOException {
        number(Acl.READ_UNSAFE);
        writeHeads(List.of());
        writeNode("/", ByteBuffer.allocate(0), OPEN, NEVER_CHANGED);
        writeNode("/zookeeper", ByteBuffer.allocate(0), OPEN, NEVER_CHANGED);
        writeNode("/zookeeper/config", ByteBuffer.allocate(0), number(Acl.READ_UNSAFE), CONFIG_STAT);
        writeNode("/zookeeper/quota", ByteBuffer.allocate(0), OPEN, NEVER_CHANGED);
        writeEnd();
    }

    private record Session(long id, int timeoutMillis) {}

    private long number(List<Acl> acl) {
        if (acl.equals(Acl.OPEN_UNSAFE)) {
            return OPEN;
        }
        return numbers.computeIfAbsent(acl, absent -> numbers.size() + 1L);
    }

    private void writeHeads(List<Session> sessions) throws IOException {
        writer.writeInt(sessions.size());
        for (Session session : sessions) {
            writer.writeLong(session.id());
            writer.writeInt(session.timeoutMillis());
            out.flushIfLarge();
        }
        writer.writeInt(numbers.size());
        for (Map.Entry<List<Acl>, Long> entry : numbers.entrySet()) {
            writer.writeLong(entry.getValue());
            writer.writeAcls(entry.getKey());
            out.flushIfLarge();
        }
    }

    private void writeNode(String path, @Nullable ByteBuffer data, long acl, PersistedStat stat) throws IOException {
        writer.writeString(path.equals("/") ? "" : path);
        if (data == null) {
            writer.writeBuffer(null);
        } else {
            byte[] bytes = new byte[data.remaining()];
            data.duplicate().get(bytes);
            writer.writeBuffer(bytes);
        }
        writer.writeLong(acl);
        writer.writeLong(stat.czxid());
        writer.writeLong(stat.mzxid());
        writer.writeLong(stat.ctime());
        writer.writeLong(stat.mtime());
        writer.writeInt(stat.version());
        writer.writeInt(stat.cversion());
        writer.writeInt(stat.aversion());
        writer.writeLong(stat.ephemeralOwner());
        writer.writeLong(stat.pzxid());
        out.flushIfLarge();
    }

    private void writeEnd() throws IOException {
        writer.writeString(END);
        writer.writeString(SIGNATURE);
        out.flush();
    }

    /** The first reading: what comes before the znodes. */
    private final class Heads implements SnapshotSink {
        private final List<Session> sessions = new ArrayList<>();

        @Override
        public void session(long id, int timeoutMillis) {
            sessions.add(new Session(id, timeoutMillis));
        }

        @Override
        public void node(String path, @Nullable ByteBuffer data, List<Acl> acl, PersistedStat stat) {
            number(acl);
        }

        @Override
        public void end(@Nullable Long digest) {
            // The stream has no room for it.
        }
    }

    /** The second reading: the znodes. */
    private final class Nodes implements SnapshotSink {
        @Override
        public void session(long id, int timeoutMillis) {
            // Written already.
        }

        @Override
        public void node(String path, @Nullable ByteBuffer data, List<Acl> acl, PersistedStat stat) {
            try {
                writeNode(path, data, number(acl), stat);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        @Override
        public void end(@Nullable Long digest) {
            // The stream has an end of its own.
        }
    }
}
