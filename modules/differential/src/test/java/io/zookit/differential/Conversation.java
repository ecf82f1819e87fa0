package io.zookit.differential;

import io.zookit.model.OpCode;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;
import io.zookit.wire.Xid;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One connection of one client to one side, from its connect request on: what was asked, and what came back. */
final class Conversation implements AutoCloseable {
    private static final int HEADER_BYTES = 16;

    private final RawConnection connection;
    private final ReplyMask mask;
    private final ArrayDeque<Asked> unanswered = new ArrayDeque<>();
    private int lastXid;
    private boolean open = true;

    /** A request on its way. */
    private record Asked(int xid, int operation) {}

    /**
     * The answer to a connect request.
     *
     * @param sessionId 0 when it was refused
     */
    record Connected(int timeoutMillis, long sessionId, byte[] password, int bytes) {}

    Conversation(InetSocketAddress server, ReplyMask mask) {
        connection = new RawConnection(server);
        this.mask = mask;
    }

    /** Whether the server has not closed it, as far as has been read. */
    boolean isOpen() {
        return open;
    }

    /** Sends a connect request. */
    void connect(byte[] request) {
        connection.sendFrame(request);
    }

    /**
     * Reads the answer to the connect request.
     *
     * @return {@code null} when the server closed instead
     */
    @Nullable
    Connected connected() throws RawConnection.Silence {
        byte[] frame = connection.readFrame();
        if (frame == null) {
            open = false;
            return null;
        }
        JuteReader reader = JuteReader.of(frame);
        reader.readInt();
        int timeoutMillis = reader.readInt();
        long sessionId = reader.readLong();
        byte[] password = reader.readBuffer();
        return new Connected(timeoutMillis, sessionId, password == null ? new byte[0] : password, frame.length);
    }

    /** Sends a request. */
    void send(Step.Request request, long newestZxid) {
        int xid = request.xid() == Step.Request.NEXT_XID ? ++lastXid : request.xid();
        unanswered.add(new Asked(xid, request.operation()));
        JuteWriter payload = new JuteWriter(request.body().length + 8);
        payload.writeInt(xid);
        payload.writeInt(request.operation());
        if (request.zxidsBack() == Step.Request.NO_ZXID) {
            payload.writeRaw(request.body(), 0, request.body().length);
        } else {
            payload.writeLong(newestZxid - request.zxidsBack());
            payload.writeRaw(request.body(), Long.BYTES, request.body().length - Long.BYTES);
        }
        connection.sendFrame(payload.toByteArray());
    }

    /** Sends bytes that are no request. */
    void sendGarbage(byte[] bytes) {
        connection.send(bytes);
    }

    /** Sends a ping, which shows whether the connection lives, and brings along every event that was sent before. */
    void sendPing() {
        send(new Step.Request(0, Xid.PING, OpCode.PING.code(), new byte[0], Step.Request.NO_ZXID, "ping"), 0);
    }

    /** Reads until everything is answered, or the server closes. */
    List<Seen> answers() {
        List<Seen> seen = new ArrayList<>();
        while (open && !unanswered.isEmpty()) {
            seen.add(next());
        }
        return seen;
    }

    /** Reads one frame. */
    private Seen next() {
        byte[] frame;
        try {
            frame = connection.readFrame();
        } catch (RawConnection.Silence silence) {
            unanswered.clear();
            return Seen.silence();
        }
        if (frame == null) {
            open = false;
            unanswered.clear();
            return Seen.closed();
        }
        JuteReader reader = JuteReader.of(frame);
        if (frame.length < HEADER_BYTES) {
            return new Seen(Seen.Kind.CONNECTED, 0, 0, 0, frame);
        }
        int xid = reader.readInt();
        long zxid = reader.readLong();
        int error = reader.readInt();
        byte[] body = new byte[reader.remaining()];
        System.arraycopy(frame, HEADER_BYTES, body, 0, body.length);
        Asked asked = unanswered.element();
        if (xid == Xid.NOTIFICATION && asked.xid() != Xid.NOTIFICATION) {
            return new Seen(Seen.Kind.EVENT, xid, zxid, error, body);
        }
        unanswered.remove();
        return new Seen(Seen.Kind.REPLY, xid, zxid, error, error == 0 ? mask.masked(asked.operation(), body) : body);
    }

    @Override
    public void close() {
        open = false;
        connection.close();
    }
}
