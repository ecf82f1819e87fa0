package com.example.zookit.journal;

import io.zookit.model.Acl;
import io.zookit.model.PersistedStat;
import io.zookit.spi.storage.SnapshotWriter;
import java.io.BufferedOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.zip.CRC32C;
import java.util.zip.CheckedOutputStream;

/** Writes sessions, nodes, the end and a checksum over all of it. {@link SnapshotFileReader} is the other side. */
final class SnapshotFileWriter implements SnapshotWriter {
    static final int END = 0;
    static final int SESSION = 1;
    static final int NODE = 2;
    static final int MAY_HOLD_LATER = 3;

    private final Folder folder;
    private final String name;
    private final FileChannel channel;
    private final CRC32C checksum = new CRC32C();
    private final DataOutputStream out;

    SnapshotFileWriter(Folder folder, String name) throws IOException {
        this.folder = folder;
        this.name = name;
        channel = folder.begin(name);
        OutputStream toFolder = new OutputStream() {
            @Override
            public void write(int oneByte) throws IOException {
                write(new byte[] {(byte) oneByte}, 0, 1);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                folder.write(channel, ByteBuffer.wrap(bytes, offset, length));
            }
        };
        out = new DataOutputStream(new CheckedOutputStream(new BufferedOutputStream(toFolder, 1 << 16), checksum));
    }

    private interface Work {
        void run() throws IOException;
    }

    private void writing(Work work) {
        try {
            work.run();
        } catch (IOException e) {
            throw Folder.failed("write", folder.file(name), e);
        }
    }

    @Override
    public void session(long id, int timeoutMillis) {
        writing(() -> {
            out.writeByte(SESSION);
            out.writeLong(id);
            out.writeInt(timeoutMillis);
        });
    }

    @Override
    public void node(String path, ByteBuffer data, List<Acl> acl, PersistedStat stat) {
        writing(() -> {
            out.writeByte(NODE);
            text(path);
            out.writeInt(data == null ? -1 : data.remaining());
            if (data != null) {
                byte[] bytes = new byte[data.remaining()];
                data.duplicate().get(bytes);
                out.write(bytes);
            }
            out.writeInt(acl.size());
            for (Acl entry : acl) {
                out.writeInt(entry.permissions());
                text(entry.id().scheme());
                text(entry.id().id());
            }
            stat(stat);
        });
    }

    private void text(String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeInt(bytes.length);
        out.write(bytes);
    }

    private void stat(PersistedStat stat) throws IOException {
        out.writeLong(stat.czxid());
        out.writeLong(stat.mzxid());
        out.writeLong(stat.ctime());
        out.writeLong(stat.mtime());
        out.writeInt(stat.version());
        out.writeInt(stat.cversion());
        out.writeInt(stat.aversion());
        out.writeLong(stat.ephemeralOwner());
        out.writeLong(stat.pzxid());
    }

    @Override
    public void mayHoldLater(long zxid) {
        writing(() -> {
            out.writeByte(MAY_HOLD_LATER);
            out.writeLong(zxid);
        });
    }

    @Override
    public void end(Long digest) {
        writing(() -> {
            out.writeByte(END);
            out.writeBoolean(digest != null);
            out.writeLong(digest == null ? 0 : digest);
            out.writeLong(checksum.getValue());
            out.flush();
            folder.finish(name, channel);
        });
    }

    /** After {@link #end} there is nothing left of what is removed here. */
    @Override
    public void close() {
        writing(() -> {
            channel.close();
            folder.abandon(name);
        });
    }
}
