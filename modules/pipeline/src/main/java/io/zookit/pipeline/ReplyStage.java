package io.zookit.pipeline;

import io.zookit.model.ErrorCode;
import io.zookit.spi.transport.Connection;
import io.zookit.watch.WatchEventType;
import io.zookit.wire.ConnectResponse;
import io.zookit.wire.JuteWriter;
import io.zookit.wire.ReplyHeader;
import io.zookit.wire.Xid;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * REPLY: collects what each connection is to get in this turn, replies and events in one stream, and hands it to the transport
 * once, at the end of the turn. Runs on the owner of the state.
 */
final class ReplyStage {
    private static final Logger LOG = LoggerFactory.getLogger(ReplyStage.class);
    private static final int LENGTH_BYTES = 4;
    private static final int WRITER_BYTES = 4 << 10;
    /** A writer that has grown beyond this is not kept. */
    private static final int WRITER_BYTES_KEPT = 256 << 10;
    /** A connection's output is handed over early when it has grown to this. */
    private static final int OUTPUT_BYTES_MAX = 1 << 20;
    /** The state every event announces: the client is connected. */
    private static final int SYNC_CONNECTED = 3;

    private final Statistics statistics;
    private final long pendingBytesMax;
    private final List<ClientConnection> touched = new ArrayList<>();
    private final ArrayDeque<JuteWriter> writers = new ArrayDeque<>();
    /** Events that come up while a reply is being written: they go before it. */
    private final JuteWriter eventsBeforeReply = new JuteWriter(WRITER_BYTES);

    private @Nullable ClientConnection replying;

    /**
     * @param pendingBytesMax bytes a client may leave unread before it is cut off
     */
    ReplyStage(Statistics statistics, long pendingBytesMax) {
        this.statistics = statistics;
        this.pendingBytesMax = pendingBytesMax;
    }

    /** Writes the body of a reply and says how it went; what it wrote is dropped unless that is OK. */
    @FunctionalInterface
    interface Body {
        ErrorCode write(JuteWriter writer);
    }

    /**
     * Writes a reply.
     *
     * @param zxid for the header
     * @param body writes the body, and decides between a full reply and an error reply
     */
    void reply(ClientConnection connection, int xid, long zxid, Body body) {
        if (connection.isClosed()) {
            return;
        }
        JuteWriter writer = output(connection);
        int frame = writer.beginFrame();
        ReplyHeader.write(writer, xid, zxid, ErrorCode.OK);
        replying = connection;
        ErrorCode error = body.write(writer);
        replying = null;
        if (error != ErrorCode.OK) {
            writer.truncate(frame);
            writer.beginFrame();
            ReplyHeader.write(writer, xid, zxid, error);
        }
        writer.endFrame(frame);
        statistics.countReply(writer.size() - frame - LENGTH_BYTES);
        if (eventsBeforeReply.size() > 0) {
            writer.insert(frame, eventsBeforeReply);
            eventsBeforeReply.clear();
        }
        written(connection, writer);
    }

    /** Writes a reply without a body. */
    void reply(ClientConnection connection, int xid, long zxid, ErrorCode error) {
        reply(connection, xid, zxid, writer -> error);
    }

    /** Writes the answer to a connect request. */
    void connected(ClientConnection connection, ConnectResponse response) {
        if (!connection.isClosed()) {
            JuteWriter writer = output(connection);
            response.write(writer, connection.answersReadOnlyByte());
            statistics.countConnected();
            written(connection, writer);
        }
    }

    /** Writes a watch event. */
    void event(ClientConnection connection, WatchEventType type, String path, long zxid) {
        boolean beforeReply = connection == replying;
        JuteWriter writer = beforeReply ? eventsBeforeReply : output(connection);
        int frame = writer.beginFrame();
        ReplyHeader.write(writer, Xid.NOTIFICATION, zxid, ErrorCode.OK);
        writer.writeInt(type.code());
        writer.writeInt(SYNC_CONNECTED);
        writer.writeString(path);
        writer.endFrame(frame);
        statistics.countEvent(writer.size() - frame);
        if (beforeReply) {
            connection.statistics().countSent();
        } else {
            written(connection, writer);
        }
    }

    /** Closes a connection after what was written to it has left. */
    void close(ClientConnection connection) {
        handOver(connection);
        connection.transport().close();
    }

    /** Hands everything over. The end of a turn. */
    void flush() {
        for (int i = 0; i < touched.size(); i++) {
            handOver(touched.get(i));
        }
        touched.clear();
    }

    private JuteWriter output(ClientConnection connection) {
        JuteWriter writer = connection.output();
        if (writer == null) {
            writer = writers.isEmpty() ? new JuteWriter(WRITER_BYTES) : writers.pop();
            connection.output(writer);
            touched.add(connection);
        }
        return writer;
    }

    private void written(ClientConnection connection, JuteWriter writer) {
        connection.statistics().countSent();
        if (writer.size() >= OUTPUT_BYTES_MAX) {
            send(connection, writer);
            writer.clear();
        }
    }

    private void handOver(ClientConnection connection) {
        JuteWriter writer = connection.output();
        if (writer == null) {
            return;
        }
        send(connection, writer);
        connection.output(null);
        writer.clear();
        if (writer.capacity() <= WRITER_BYTES_KEPT) {
            writers.push(writer);
        }
    }

    private void send(ClientConnection connection, JuteWriter writer) {
        if (writer.size() == 0) {
            return;
        }
        Connection transport = connection.transport();
        transport.send(writer.toByteBuffer());
        if (transport.pendingBytes() > pendingBytesMax) {
            LOG.warn(
                    "{} leaves more than {} bytes unread; closing its connection",
                    connection.peer().remoteAddress(),
                    pendingBytesMax);
            transport.close();
        }
    }
}
