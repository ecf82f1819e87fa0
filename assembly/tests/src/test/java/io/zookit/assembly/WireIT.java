package io.zookit.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Promises that are about bytes, spoken by hand. */
class WireIT {
    private static final int GET_DATA = 4;
    private static final int SET_DATA = 5;

    @TempDir
    Path directory = Path.of("");

    @Test
    void aWatchIsOneByteOfTheRequestAndItsEventIsTypeStateAndPathAlone() throws Exception {
        try (Server server = Server.start(Distribution.built(), directory);
                Client client = Client.connect(server);
                RawSession raw = new RawSession(server)) {
            client.zk().create("/a", Client.bytes("old"), Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            ByteBuffer reply = raw.call(1, GET_DATA, "/a", new byte[] {1});
            assertEquals(1, reply.getInt());

            Stat changed = client.zk().setData("/a", Client.bytes("new"), -1);
            ByteBuffer event = raw.read();
            assertEquals(-1, event.getInt(), "the xid of events");
            assertEquals(changed.getMzxid(), event.getLong(), "the zxid of the change");
            assertEquals(0, event.getInt());
            assertEquals(3, event.getInt(), "NodeDataChanged");
            assertEquals(3, event.getInt(), "SyncConnected");
            assertEquals("/a", string(event));
            assertEquals(0, event.remaining(), "and no data");
        }
    }

    @Test
    void everyWriteHasAGreaterZxidAndEveryReplyTheGreatestSoFar() throws Exception {
        try (Server server = Server.start(Distribution.built(), directory);
                Client client = Client.connect(server);
                RawSession one = new RawSession(server);
                RawSession other = new RawSession(server)) {
            client.zk().create("/a", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            long last = client.zk().exists("/a", false).getMzxid();
            for (int i = 1; i <= 50; i++) {
                // No data, and any version.
                ByteBuffer written =
                        (i % 2 == 0 ? one : other).call(i, SET_DATA, "/a", new byte[] {0, 0, 0, 0, -1, -1, -1, -1});
                assertEquals(i, written.getInt());
                long zxid = written.getLong();
                assertTrue(zxid > last, zxid + " after " + last);
                ByteBuffer read = (i % 3 == 0 ? one : other).call(1000 + i, GET_DATA, "/a", new byte[] {0});
                assertEquals(1000 + i, read.getInt());
                assertEquals(zxid, read.getLong());
                last = zxid;
            }
        }
    }

    private static String string(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.getInt()];
        buffer.get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    /** A session of frames: a length, and so many bytes. */
    private static final class RawSession implements AutoCloseable {
        private final Socket socket;
        private final DataInputStream input;
        private final DataOutputStream output;

        RawSession(Server server) throws IOException {
            this.socket = new Socket(InetAddress.getLoopbackAddress(), server.port());
            socket.setSoTimeout((int) Running.PATIENCE.toMillis());
            this.input = new DataInputStream(socket.getInputStream());
            this.output = new DataOutputStream(socket.getOutputStream());
            // Protocol version, last zxid seen, timeout, session, password of 16 bytes, not read-only.
            ByteBuffer connect = ByteBuffer.allocate(4 + 8 + 4 + 8 + 4 + 16 + 1);
            connect.putInt(0).putLong(0).putInt(10_000).putLong(0).putInt(16);
            send(connect.array());
            read();
        }

        /** Sends a request on a path, with the bytes that come after the path, and returns the reply from its xid on. */
        ByteBuffer call(int xid, int operation, String path, byte[] rest) throws IOException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            DataOutputStream request = new DataOutputStream(bytes);
            request.writeInt(xid);
            request.writeInt(operation);
            request.writeInt(path.length());
            request.writeBytes(path);
            request.write(rest);
            send(bytes.toByteArray());
            return read();
        }

        ByteBuffer read() throws IOException {
            byte[] bytes = new byte[input.readInt()];
            input.readFully(bytes);
            return ByteBuffer.wrap(bytes);
        }

        private void send(byte[] frame) throws IOException {
            output.writeInt(frame.length);
            output.write(frame);
            output.flush();
        }

        @Override
        public void close() throws IOException {
            socket.close();
        }
    }
}
