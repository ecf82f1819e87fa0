package io.zookit.server;

import io.zookit.model.Acl;
import io.zookit.model.OpCode;
import io.zookit.wire.ConnectResponse;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;
import io.zookit.wire.Xid;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** A client that sends and reads frames by hand, so that a test sees exactly what travels. Reads give up after ten seconds. */
final class RawClient implements AutoCloseable {
    static final int PATIENCE_MILLIS = 10_000;

    private final Socket socket;
    private final DataInputStream in;
    private final JuteWriter out = new JuteWriter(256);
    private int lastXid;
    private ConnectResponse session = ConnectResponse.refused();

    private RawClient(InetSocketAddress server) throws IOException {
        socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(server, PATIENCE_MILLIS);
        in = new DataInputStream(socket.getInputStream());
    }

    /** A reply or event. */
    record Frame(int xid, long zxid, int error, byte[] body) {
        JuteReader reader() {
            return JuteReader.of(body);
        }
    }

    /** A connection that has said nothing yet. */
    static RawClient connect(InetSocketAddress server) {
        try {
            return new RawClient(server);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A connection with a new session of ten seconds. */
    static RawClient open(InetSocketAddress server) {
        RawClient client = connect(server);
        client.handshake(0, 10_000, 0, new byte[16]);
        return client;
    }

    /** Sends a connect request and reads the answer. */
    ConnectResponse handshake(long lastZxidSeen, int timeoutMillis, long sessionId, byte[] password) {
        send(writer -> {
            writer.writeInt(0);
            writer.writeLong(lastZxidSeen);
            writer.writeInt(timeoutMillis);
            writer.writeLong(sessionId);
            writer.writeBuffer(password);
            writer.writeBoolean(false);
        });
        JuteReader answer = JuteReader.of(readFrame());
        answer.readInt();
        session = new ConnectResponse(answer.readInt(), answer.readLong(), answer.readBuffer(), answer.readBoolean());
        return session;
    }

    ConnectResponse session() {
        return session;
    }

    /** Sends a frame. */
    void send(Consumer<JuteWriter> payload) {
        out.clear();
        int frame = out.beginFrame();
        payload.accept(out);
        out.endFrame(frame);
        sendBytes(out.toByteArray());
    }

    /** Sends a request without waiting; returns its xid. */
    int request(OpCode operation, Consumer<JuteWriter> body) {
        int xid = operation == OpCode.PING ? Xid.PING : ++lastXid;
        send(writer -> {
            writer.writeInt(xid);
            writer.writeInt(operation.code());
            body.accept(writer);
        });
        return xid;
    }

    /** Sends a request and reads its reply; events on the way are dropped. */
    Frame call(OpCode operation, Consumer<JuteWriter> body) {
        int xid = request(operation, body);
        Frame frame;
        do {
            frame = read();
        } while (frame.xid() == Xid.NOTIFICATION);
        if (frame.xid() != xid) {
            throw new AssertionError("expected the reply to " + xid + ", got " + frame);
        }
        return frame;
    }

    Frame create(String path, String data, int flags) {
        return call(OpCode.CREATE, writer -> {
            writer.writeString(path);
            writer.writeBuffer(data.getBytes(StandardCharsets.UTF_8));
            writer.writeAcls(Acl.OPEN_UNSAFE);
            writer.writeInt(flags);
        });
    }

    Frame setData(String path, String data, int version) {
        return call(OpCode.SET_DATA, writer -> {
            writer.writeString(path);
            writer.writeBuffer(data.getBytes(StandardCharsets.UTF_8));
            writer.writeInt(version);
        });
    }

    Frame getData(String path, boolean watch) {
        return call(OpCode.GET_DATA, writer -> {
            writer.writeString(path);
            writer.writeBoolean(watch);
        });
    }

    Frame exists(String path, boolean watch) {
        return call(OpCode.EXISTS, writer -> {
            writer.writeString(path);
            writer.writeBoolean(watch);
        });
    }

    Frame read() {
        JuteReader reader = JuteReader.of(readFrame());
        int xid = reader.readInt();
        long zxid = reader.readLong();
        int error = reader.readInt();
        byte[] body = new byte[reader.remaining()];
        for (int i = 0; i < body.length; i++) {
            body[i] = reader.readByte();
        }
        return new Frame(xid, zxid, error, body);
    }

    byte[] readFrame() {
        try {
            byte[] payload = new byte[in.readInt()];
            in.readFully(payload);
            return payload;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    void sendBytes(byte[] bytes) {
        try {
            socket.getOutputStream().write(bytes);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Whether the server closes the connection without sending anything more. */
    boolean isClosedByServer() {
        try {
            return in.read() == -1;
        } catch (SocketException reset) {
            return true;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** Everything until the server closes. */
    String readText() {
        try {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (EOFException closed) {
            return "";
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /** A four-letter word as bytes. */
    static byte[] word(String word) {
        return ByteBuffer.wrap(word.getBytes(StandardCharsets.US_ASCII)).array();
    }

    @Override
    public void close() {
        try {
            socket.close();
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }
}
