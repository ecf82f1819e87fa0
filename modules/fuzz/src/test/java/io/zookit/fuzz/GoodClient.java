package io.zookit.fuzz;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zookit.model.Acl;
import io.zookit.model.OpCode;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/** A client that does everything right, and notices when the server does not. */
final class GoodClient implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 20_000;
    private static final int SESSION_MILLIS = 30_000;

    private final InetSocketAddress server;
    private final Socket socket;
    private final DataInputStream in;
    private final JuteWriter out = new JuteWriter(256);
    private int xid;

    private GoodClient(InetSocketAddress server, Socket socket) throws IOException {
        this.server = server;
        this.socket = socket;
        this.in = new DataInputStream(socket.getInputStream());
    }

    static GoodClient connect(InetSocketAddress server) {
        try {
            Socket socket = open(server);
            GoodClient client = new GoodClient(server, socket);
            HostileClient.handshake(client.out, SESSION_MILLIS);
            client.flush();
            client.frame();
            client.request(OpCode.CREATE, body -> {
                body.writeString("/good");
                body.writeBuffer(new byte[0]);
                body.writeAcls(Acl.OPEN_UNSAFE);
                body.writeInt(0);
            });
            return client;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    static Socket open(InetSocketAddress server) throws IOException {
        Socket socket = new Socket();
        socket.setTcpNoDelay(true);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.connect(server, PATIENCE_MILLIS);
        return socket;
    }

    /** Writes something and reads it back. */
    void works() {
        byte[] data = Integer.toString(xid).getBytes(StandardCharsets.US_ASCII);
        request(OpCode.SET_DATA, body -> {
            body.writeString("/good");
            body.writeBuffer(data);
            body.writeInt(-1);
        });
        JuteReader reply = request(OpCode.GET_DATA, body -> {
            body.writeString("/good");
            body.writeBoolean(false);
        });
        assertArrayEquals(data, reply.readBuffer());
    }

    private JuteReader request(OpCode operation, Consumer<JuteWriter> body) {
        try {
            int frame = out.beginFrame();
            out.writeInt(++xid);
            out.writeInt(operation.code());
            body.accept(out);
            out.endFrame(frame);
            flush();
            JuteReader reply = JuteReader.of(frame());
            assertEquals(xid, reply.readInt());
            reply.readLong();
            assertEquals(0, reply.readInt(), () -> "error of " + operation);
            return reply;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    private void flush() throws IOException {
        socket.getOutputStream().write(out.toByteArray());
        out.clear();
    }

    private byte[] frame() throws IOException {
        byte[] frame = new byte[in.readInt()];
        in.readFully(frame);
        return frame;
    }

    /** The answer to a four-letter word, over a connection of its own. */
    String word(String word) {
        try (Socket asking = open(server)) {
            asking.getOutputStream().write(word.getBytes(StandardCharsets.US_ASCII));
            return new String(asking.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
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
