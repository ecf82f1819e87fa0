package io.zookit.storage.mapdb;

import io.zookit.model.Acl;
import io.zookit.model.Id;
import io.zookit.model.PersistedStat;
import io.zookit.spi.storage.CorruptStorageException;
import io.zookit.spi.storage.SnapshotSink;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Decodes the records of a snapshot and passes them on. */
final class SnapshotRecords {
    private static final int ACL_ENTRY_BYTES_MIN = 3 * Integer.BYTES;

    private final SnapshotSink sink;
    private final Function<String, CorruptStorageException> damaged;
    private final List<List<Acl>> lists = new ArrayList<>();
    private long sessions;
    private long nodes;

    /**
     * @param damaged makes the exception for a record that cannot be read
     */
    SnapshotRecords(SnapshotSink sink, Function<String, CorruptStorageException> damaged) {
        this.sink = sink;
        this.damaged = damaged;
    }

    long sessions() {
        return sessions;
    }

    long nodes() {
        return nodes;
    }

    /** Takes whole records, whose bytes have been checked. */
    void take(ByteBuffer bytes) {
        while (bytes.hasRemaining()) {
            byte type = bytes.get();
            switch (type) {
                case SnapshotLayout.SESSION -> session(bytes);
                case SnapshotLayout.ACL -> lists.add(list(bytes));
                case SnapshotLayout.NODE -> node(bytes);
                default -> throw damaged.apply("a record is of the unknown type " + type);
            }
        }
    }

    void end(@Nullable Long digest) {
        sink.end(digest);
    }

    private void session(ByteBuffer bytes) {
        long id;
        int timeoutMillis;
        try {
            id = bytes.getLong();
            timeoutMillis = bytes.getInt();
        } catch (BufferUnderflowException e) {
            throw tooShort();
        }
        sessions++;
        sink.session(id, timeoutMillis);
    }

    private List<Acl> list(ByteBuffer bytes) {
        try {
            int count = bytes.getInt();
            if (count < 0 || count > bytes.remaining() / ACL_ENTRY_BYTES_MIN) {
                throw tooShort();
            }
            List<Acl> list = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                list.add(new Acl(bytes.getInt(), new Id(text(bytes), text(bytes))));
            }
            return List.copyOf(list);
        } catch (BufferUnderflowException e) {
            throw tooShort();
        }
    }

    private void node(ByteBuffer bytes) {
        String path;
        List<Acl> list;
        PersistedStat stat;
        ByteBuffer data;
        try {
            path = text(bytes);
            int number = bytes.getInt();
            if (number < 0 || number >= lists.size()) {
                throw damaged.apply("a node has the access list " + number + ", which is not there");
            }
            list = lists.get(number);
            stat = stat(bytes);
            data = data(bytes);
        } catch (BufferUnderflowException e) {
            throw tooShort();
        }
        nodes++;
        sink.node(path, data, list, stat);
    }

    private static PersistedStat stat(ByteBuffer bytes) {
        return new PersistedStat(
                bytes.getLong(),
                bytes.getLong(),
                bytes.getLong(),
                bytes.getLong(),
                bytes.getInt(),
                bytes.getInt(),
                bytes.getInt(),
                bytes.getLong(),
                bytes.getLong());
    }

    private @Nullable ByteBuffer data(ByteBuffer bytes) {
        int length = bytes.getInt();
        if (length == -1) {
            return null;
        }
        requireRemaining(bytes, length);
        ByteBuffer data = bytes.slice(bytes.position(), length).asReadOnlyBuffer();
        bytes.position(bytes.position() + length);
        return data;
    }

    private String text(ByteBuffer bytes) {
        int length = bytes.getInt();
        requireRemaining(bytes, length);
        String text = new String(bytes.array(), bytes.arrayOffset() + bytes.position(), length, StandardCharsets.UTF_8);
        bytes.position(bytes.position() + length);
        return text;
    }

    private void requireRemaining(ByteBuffer bytes, int length) {
        if (length < 0 || length > bytes.remaining()) {
            throw tooShort();
        }
    }

    private CorruptStorageException tooShort() {
        return damaged.apply("a record is cut short");
    }
}
