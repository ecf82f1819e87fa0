package com.example.zookit.journal;

import io.zookit.model.Acl;
import io.zookit.model.Id;
import io.zookit.model.PersistedStat;
import io.zookit.spi.storage.SnapshotSink;
import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/** Reads what {@link SnapshotFileWriter} wrote. */
final class SnapshotFileReader {
    private static final int CHECKSUM_BYTES = 8;

    private final DataInputStream in;
    private final SnapshotSink sink;

    private SnapshotFileReader(DataInputStream in, SnapshotSink sink) {
        this.in = in;
        this.sink = sink;
    }

    static boolean isSound(Path file) throws IOException {
        long left = Files.size(file) - CHECKSUM_BYTES;
        if (left < 0) {
            return false;
        }
        CRC32C checksum = new CRC32C();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] part = new byte[1 << 16];
            while (left > 0) {
                int count = in.readNBytes(part, 0, (int) Math.min(part.length, left));
                if (count == 0) {
                    return false;
                }
                checksum.update(part, 0, count);
                left -= count;
            }
            byte[] stored = in.readNBytes(CHECKSUM_BYTES);
            return stored.length == CHECKSUM_BYTES && ByteBuffer.wrap(stored).getLong() == checksum.getValue();
        }
    }

    /** Reads a file that {@link #isSound}. */
    static void read(Path file, SnapshotSink sink) throws IOException {
        try (DataInputStream in = new DataInputStream(new BufferedInputStream(Files.newInputStream(file), 1 << 16))) {
            new SnapshotFileReader(in, sink).readAll();
        }
    }

    private void readAll() throws IOException {
        for (int kind = in.readByte(); kind != SnapshotFileWriter.END; kind = in.readByte()) {
            switch (kind) {
                case SnapshotFileWriter.SESSION -> sink.session(in.readLong(), in.readInt());
                case SnapshotFileWriter.NODE -> node();
                case SnapshotFileWriter.MAY_HOLD_LATER -> sink.mayHoldLater(in.readLong());
                default -> throw new IOException("a part of kind " + kind + ", which this version does not know");
            }
        }
        boolean known = in.readBoolean();
        long digest = in.readLong();
        sink.end(known ? Long.valueOf(digest) : null);
    }

    private void node() throws IOException {
        String path = text();
        int size = in.readInt();
        ByteBuffer data = size < 0 ? null : ByteBuffer.wrap(in.readNBytes(size));
        int count = in.readInt();
        List<Acl> acl = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            acl.add(new Acl(in.readInt(), new Id(text(), text())));
        }
        sink.node(path, data, List.copyOf(acl), stat());
    }

    private String text() throws IOException {
        return new String(in.readNBytes(in.readInt()), StandardCharsets.UTF_8);
    }

    private PersistedStat stat() throws IOException {
        return new PersistedStat(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readInt(),
                in.readInt(),
                in.readInt(),
                in.readLong(),
                in.readLong());
    }
}
