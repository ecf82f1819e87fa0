package io.zookit.storage.files;

import io.zookit.model.Acl;
import io.zookit.model.Id;
import io.zookit.model.PersistedStat;
import io.zookit.model.ZnodePath;
import io.zookit.spi.storage.SnapshotSink;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads the content of one snapshot and compares every seal. One thread. */
final class SnapshotFileReader {
    private final SnapshotInput in;
    private final long zxid;
    private final SnapshotSink sink;
    private final Map<Long, List<Acl>> lists = new HashMap<>();

    SnapshotFileReader(SnapshotInput in, long zxid, SnapshotSink sink) {
        this.in = in;
        this.zxid = zxid;
        this.sink = sink;
        lists.put(SnapshotLayout.OPEN_ACL, Acl.OPEN_UNSAFE);
    }

    /**
     * Reads all of it.
     *
     * @throws SnapshotFormatException when it is no snapshot, or not what was written
     * @throws java.io.EOFException when it ends too early
     */
    void read() throws IOException {
        if (in.readInt() != SnapshotLayout.MAGIC || in.readInt() != SnapshotLayout.VERSION) {
            throw new SnapshotFormatException("the header of a snapshot (ZKSN, version 2) is missing");
        }
        boolean isOurs = in.readLong() == SnapshotLayout.OURS;
        for (int left = count("sessions"); left > 0; left--) {
            sink.session(in.readLong(), in.readInt());
        }
        readLists();
        readNodes();
        checkSeal("znodes");
        readEnd(isOurs);
        if (!in.isAtEnd()) {
            throw new SnapshotFormatException("bytes follow the end");
        }
    }

    private int count(String what) throws IOException {
        int count = in.readInt();
        if (count < 0) {
            throw new SnapshotFormatException("a count of " + count + " " + what);
        }
        return count;
    }

    private void readLists() throws IOException {
        for (int left = count("access lists"); left > 0; left--) {
            long number = in.readLong();
            List<Acl> list = new ArrayList<>();
            for (int entries = count("entries of a list"); entries > 0; entries--) {
                list.add(new Acl(in.readInt(), new Id(in.readText(), in.readText())));
            }
            lists.put(number, List.copyOf(list));
        }
    }

    private void readNodes() throws IOException {
        String path;
        while (!(path = in.readText()).equals(SnapshotLayout.SEAL)) {
            byte[] data = in.readData();
            // A foreign snapshot that was written while a list came into use may lack it; the log, which is replayed,
            // has it.
            List<Acl> list = lists.getOrDefault(in.readLong(), Acl.NOBODY);
            PersistedStat stat = new PersistedStat(
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readLong(),
                    in.readInt(),
                    in.readInt(),
                    in.readInt(),
                    in.readLong(),
                    in.readLong());
            String complete = path.isEmpty() ? ZnodePath.ROOT : path;
            sink.node(complete, data == null ? null : ByteBuffer.wrap(data), list, stat);
        }
    }

    private void checkSeal(String part) throws IOException {
        long expected = in.sum();
        if (in.readLong() != expected || !in.readText().equals(SnapshotLayout.SEAL)) {
            throw new SnapshotFormatException("the " + part + " fail their checksum");
        }
    }

    /** The parts that older servers do not write. The sink hears of them only after the last seal. */
    private void readEnd(boolean isOurs) throws IOException {
        long newestZxid = zxid;
        Long digest = null;
        if (!in.isAtEnd()) {
            long digestZxid = in.readLong();
            int version = in.readInt();
            if (version < SnapshotLayout.DIGEST_VERSION) {
                in.readText();
            } else {
                long value = in.readLong();
                boolean isKnown = isOurs && digestZxid == zxid && zxid != 0 && version == SnapshotLayout.DIGEST_VERSION;
                digest = isKnown ? value : null;
            }
            newestZxid = Math.max(newestZxid, digestZxid);
            checkSeal("digest and what is before it");
        }
        if (!in.isAtEnd()) {
            newestZxid = Math.max(newestZxid, in.readLong());
            checkSeal("last zxid and what is before it");
        }
        if (newestZxid > zxid) {
            sink.mayHoldLater(newestZxid);
        }
        sink.end(digest);
    }
}
