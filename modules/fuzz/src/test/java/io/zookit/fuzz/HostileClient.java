package io.zookit.fuzz;

import io.zookit.model.OpCode;
import io.zookit.wire.JuteWriter;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** A client that sends bursts of malformed frames, and begins anew when the server has had enough of it. */
final class HostileClient implements AutoCloseable {
    private static final int FRAMES_OF_A_BURST = 20;
    /** So long that no session ends while it floods, and so short that all end soon after. */
    private static final int SESSION_MILLIS = 1_000;

    private static final int LAST_XID = Integer.MAX_VALUE;

    private final InetSocketAddress server;
    private final Chance chance;
    private final Bodies bodies;
    private final Damage damage;
    private final JuteWriter out = new JuteWriter(1 << 10);
    private final JuteWriter body = new JuteWriter(1 << 10);
    private @Nullable Socket socket;
    private boolean isFresh;

    HostileClient(InetSocketAddress server, Chance chance) {
        this.server = server;
        this.chance = chance;
        this.bodies = new Bodies(chance);
        this.damage = new Damage(chance);
    }

    /** Writes a connect request for a new session. */
    static void handshake(JuteWriter out, int sessionMillis) {
        int frame = out.beginFrame();
        out.writeInt(0);
        out.writeLong(0);
        out.writeInt(sessionMillis);
        out.writeLong(0);
        out.writeBuffer(new byte[16]);
        out.writeBoolean(false);
        out.endFrame(frame);
    }

    /**
     * Sends a burst.
     *
     * @return how many malformed frames it had
     */
    int burst() {
        out.clear();
        int frames = 0;
        try {
            Socket open = connected();
            for (; frames < FRAMES_OF_A_BURST; frames++) {
                if (chance.oneIn(300)) {
                    nonsense();
                } else if (chance.oneIn(150)) {
                    auth();
                } else {
                    malformed();
                }
            }
            last();
            open.getOutputStream().write(out.toByteArray());
            readReplies(open);
        } catch (IOException enough) {
            close();
        }
        return frames;
    }

    private Socket connected() throws IOException {
        Socket open = socket;
        if (open == null) {
            open = GoodClient.open(server);
            // Gone at once when it is closed: a flood of connections must not use up the ports of this machine.
            open.setSoLinger(true, 0);
            socket = open;
            isFresh = true;
            if (!chance.oneIn(20)) {
                handshake(out, SESSION_MILLIS);
            }
        }
        return open;
    }

    /** Replies are of no interest, but they come until the last request is answered or the server has closed the connection. */
    private void readReplies(Socket open) throws IOException {
        DataInputStream in = new DataInputStream(open.getInputStream());
        if (isFresh) {
            in.skipNBytes(in.readInt());
            isFresh = false;
        }
        int xid;
        do {
            int length = in.readInt();
            xid = in.readInt();
            in.skipNBytes(length - Integer.BYTES);
        } while (xid != LAST_XID);
        if (chance.oneIn(60)) {
            throw new IOException("closed by the client, in the middle of whatever it was");
        }
    }

    /** The request at the end of a burst, whose reply says that all before it were looked at. */
    private void last() {
        int frame = out.beginFrame();
        out.writeInt(LAST_XID);
        out.writeInt(OpCode.EXISTS.code());
        out.writeString("/");
        out.writeBoolean(false);
        out.endFrame(frame);
    }

    /** A request that is no request, or one that asks for the impossible. */
    private void malformed() {
        OpCode operation = Bodies.OPERATIONS.get(chance.below(Bodies.OPERATIONS.size()));
        body.clear();
        bodies.write(operation, body);
        byte[] content = damage.of(body.toByteArray());
        int frame = out.beginFrame();
        out.writeInt(chance.oneIn(4) ? chance.of(-1, -2, -4, -8) : chance.below(1_000));
        out.writeInt(operation.code());
        out.writeRaw(content, 0, content.length);
        out.endFrame(frame);
    }

    private void auth() {
        byte[] credentials = chance.oneIn(20) ? new byte[1 << 19] : chance.anyBytes();
        int frame = out.beginFrame();
        out.writeInt(-4);
        out.writeInt(OpCode.AUTH.code());
        out.writeInt(0);
        out.writeString(chance.of("digest", "ip", "world", "nosuch", ""));
        out.writeBuffer(credentials);
        out.endFrame(frame);
    }

    /** Bytes that end the conversation: an impossible length, an unknown operation, a word or a second connect. */
    private void nonsense() {
        switch (chance.below(4)) {
            case 0 -> out.writeInt(chance.of(-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1 << 20));
            case 1 -> {
                int frame = out.beginFrame();
                out.writeInt(chance.anyInt());
                out.writeInt(chance.anyInt());
                out.endFrame(frame);
            }
            case 2 -> {
                byte[] word = "ruok".getBytes(StandardCharsets.US_ASCII);
                out.writeRaw(word, 0, word.length);
            }
            default -> handshake(out, SESSION_MILLIS);
        }
    }

    /** Speaks TLS to a server that does not; says what came of it. */
    static String tlsHello(InetSocketAddress server) {
        byte[] hello = {0x16, 0x03, 0x01, 0x02, 0x00, 0x01, 0x00, 0x01, (byte) 0xfc, 0x03, 0x03};
        return sendAndRead(server, hello);
    }

    /** Speaks HTTP to a server that does not; says what came of it. */
    static String httpRequest(InetSocketAddress server) {
        return sendAndRead(server, "GET / HTTP/1.1\r\nHost: here\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
    }

    private static String sendAndRead(InetSocketAddress server, byte[] bytes) {
        try (Socket socket = GoodClient.open(server)) {
            socket.getOutputStream().write(bytes);
            int answer = socket.getInputStream().read();
            return answer < 0 ? "closed" : "answered " + answer;
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    @Override
    public void close() {
        Socket open = socket;
        socket = null;
        if (open != null) {
            try {
                open.close();
            } catch (IOException failure) {
                throw new UncheckedIOException(failure);
            }
        }
    }
}
