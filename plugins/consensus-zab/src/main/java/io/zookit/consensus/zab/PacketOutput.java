package io.zookit.consensus.zab;

import io.zookit.wire.JuteWriter;
import io.zookit.wire.QuorumCodec;
import io.zookit.wire.QuorumMessage;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;

/** Packets, and raw bytes between them, gathered so that few large pieces are written. Used by one link's writer. */
final class PacketOutput {
    private static final int PIECE_BYTES = 256 << 10;

    private final OutputStream out;
    private final JuteWriter writer = new JuteWriter(8 << 10);

    PacketOutput(OutputStream out) {
        this.out = out;
    }

    void write(QuorumMessage message) throws IOException {
        QuorumCodec.write(writer, message);
        flushIfLarge();
    }

    /** For what is no packet; {@link #flushIfLarge} is to be called now and then. */
    JuteWriter raw() {
        return writer;
    }

    void flushIfLarge() throws IOException {
        if (writer.size() >= PIECE_BYTES) {
            flush();
        }
    }

    /** Writes everything gathered. */
    void flush() throws IOException {
        if (writer.size() > 0) {
            ByteBuffer bytes = writer.toByteBuffer();
            out.write(bytes.array(), bytes.arrayOffset() + bytes.position(), bytes.remaining());
            writer.clear();
        }
    }
}
