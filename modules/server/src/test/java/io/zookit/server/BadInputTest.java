package io.zookit.server;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.model.Acl;
import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.server.RawClient.Frame;
import io.zookit.wire.JuteWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever a client sends, it gets the documented error or a closed connection, and nobody else notices. */
class BadInputTest {
    @TempDir
    Path directory;

    private TestServer server;
    private RawClient bystander;

    @BeforeEach
    void start() {
        server = TestServer.start(directory);
        bystander = RawClient.open(server.address());
    }

    @AfterEach
    void othersAreUnaffected() {
        assertEquals(0, bystander.create("/bystander", "fine", 0).error());
        bystander.close();
        server.close();
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, Integer.MIN_VALUE, Integer.MAX_VALUE, 1_048_576})
    void aFrameOfAnImpossibleLengthClosesTheConnectionWhetherBeforeOrAfterConnect(int length) {
        byte[] bytes = ByteBuffer.allocate(4).putInt(length).array();
        try (RawClient fresh = RawClient.connect(server.address())) {
            fresh.sendBytes(bytes);
            assertTrue(fresh.isClosedByServer());
        }
        try (RawClient open = RawClient.open(server.address())) {
            open.sendBytes(bytes);
            assertTrue(open.isClosedByServer());
        }
    }

    @Test
    void garbageBeforeConnectClosesTheConnection() {
        try (RawClient client = RawClient.connect(server.address())) {
            client.sendBytes("GET / HTTP/1.1\r\nHost: here\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
            assertTrue(client.isClosedByServer());
        }
        try (RawClient client = RawClient.connect(server.address())) {
            client.sendBytes(new byte[] {0, 0, 0, 3, 1, 2, 3});
            assertTrue(client.isClosedByServer());
        }
    }

    @Test
    void aRequestTooShortForItsHeaderClosesTheConnection() {
        try (RawClient client = RawClient.open(server.address())) {
            client.send(writer -> writer.writeInt(1));
            assertTrue(client.isClosedByServer());
        }
    }

    @Test
    void anUnknownOperationIsAnsweredAndTheConnectionClosed() {
        try (RawClient client = RawClient.open(server.address())) {
            client.send(writer -> {
                writer.writeInt(7);
                writer.writeInt(999);
            });
            Frame reply = client.read();
            assertEquals(7, reply.xid());
            assertEquals(-1, reply.zxid());
            assertEquals(ErrorCode.UNIMPLEMENTED.code(), reply.error());
            assertTrue(client.isClosedByServer());
        }
    }

    @Test
    void theServersOwnOperationsAreUnknownToClients() {
        for (OpCode internal : new OpCode[] {OpCode.DELETE_CONTAINER, OpCode.CREATE_SESSION}) {
            try (RawClient client = RawClient.open(server.address())) {
                Frame reply = client.call(internal, writer -> writer.writeString("/x"));
                assertEquals(ErrorCode.UNIMPLEMENTED.code(), reply.error());
                assertTrue(client.isClosedByServer());
            }
        }
    }

    @Test
    void aBodyThatCannotBeDecodedIsAnErrorAndTheConnectionGoesOn() {
        try (RawClient client = RawClient.open(server.address())) {
            assertEquals(
                    ErrorCode.MARSHALLING_ERROR.code(),
                    client.call(OpCode.GET_DATA, writer -> writer.writeInt(Integer.MAX_VALUE))
                            .error());
            long before = client.exists("/", false).zxid();
            Frame write = client.call(OpCode.SET_DATA, writer -> writer.writeInt(1_000));
            assertEquals(ErrorCode.MARSHALLING_ERROR.code(), write.error());
            assertEquals(before + 1, write.zxid(), "a rejected write takes its place in the order");
            assertEquals(0, client.exists("/", false).error());
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "relative", "/a/", "//", "/./x", "/a/../b", "/nul\0", "/bell\u0007", "/\ud83d\ude00"})
    void anIllegalPathIsRefused(String path) {
        try (RawClient client = RawClient.open(server.address())) {
            int error = client.create(path, "", 0).error();
            assertTrue(
                    error == ErrorCode.BAD_ARGUMENTS.code() || error == ErrorCode.NO_NODE.code(),
                    path + " gives " + error);
            assertEquals(0, client.exists("/", false).error());
        }
    }

    @Test
    void dataUpToTheLimitOfAFrameIsStoredAndOneByteMoreClosesTheConnection() {
        int overhead = 8 + 4 + "/big".length() + 4 + 4 + 4 + 4 + 5 + 4 + 6 + 4;
        int most = 1_048_575 - overhead;
        try (RawClient client = RawClient.open(server.address())) {
            assertEquals(0, create(client, "/big", most).error());
            assertEquals(4 + most + 68, client.getData("/big", false).body().length);
            client.request(OpCode.CREATE, writer -> {
                writer.writeString("/bih");
                writer.writeBuffer(new byte[most + 1]);
                writer.writeAcls(Acl.OPEN_UNSAFE);
                writer.writeInt(0);
            });
            assertTrue(client.isClosedByServer());
        }
    }

    private static Frame create(RawClient client, String path, int bytes) {
        return client.call(OpCode.CREATE, writer -> {
            writer.writeString(path);
            writer.writeBuffer(new byte[bytes]);
            writer.writeAcls(Acl.OPEN_UNSAFE);
            writer.writeInt(0);
        });
    }

    @Test
    void aWrongPasswordAndAnUnknownSessionAreRefusedAlike() {
        long session = bystander.session().sessionId();
        for (long id : new long[] {session, session + 1_000}) {
            try (RawClient thief = RawClient.connect(server.address())) {
                assertEquals(0, thief.handshake(0, 10_000, id, new byte[16]).timeoutMillis());
                assertTrue(thief.isClosedByServer());
            }
        }
    }

    @Test
    void aClientFromTheFutureIsClosedWithoutAnAnswer() {
        try (RawClient client = RawClient.connect(server.address())) {
            client.send(writer -> {
                writer.writeInt(0);
                writer.writeLong(Long.MAX_VALUE);
                writer.writeInt(10_000);
                writer.writeLong(0);
                writer.writeBuffer(new byte[16]);
            });
            assertTrue(client.isClosedByServer());
        }
    }

    @Test
    void anUnknownSchemeAndAWrongCredentialAreDeniedAndClosed() {
        try (RawClient client = RawClient.open(server.address())) {
            client.send(writer -> auth(writer, "nosuch", "x"));
            assertDenied(client);
        }
        try (RawClient client = RawClient.open(server.address())) {
            client.send(writer -> auth(writer, "ip", "x"));
            Frame reply = client.read();
            assertEquals(-4, reply.xid());
        }
    }

    private static void auth(JuteWriter writer, String scheme, String credentials) {
        writer.writeInt(-4);
        writer.writeInt(OpCode.AUTH.code());
        writer.writeInt(0);
        writer.writeString(scheme);
        writer.writeBuffer(credentials.getBytes(StandardCharsets.UTF_8));
    }

    private static void assertDenied(RawClient client) {
        Frame reply = client.read();
        assertEquals(-4, reply.xid());
        assertEquals(0, reply.zxid());
        assertEquals(ErrorCode.AUTH_FAILED.code(), reply.error());
        assertTrue(client.isClosedByServer());
    }

    @Test
    void wordsMayComeInPiecesAndUnknownOnesAreFrames() {
        try (RawClient client = RawClient.connect(server.address())) {
            client.sendBytes("ru".getBytes(StandardCharsets.US_ASCII));
            client.sendBytes("ok".getBytes(StandardCharsets.US_ASCII));
            assertEquals("imok", client.readText());
        }
        try (RawClient client = RawClient.connect(server.address())) {
            client.sendBytes("nope".getBytes(StandardCharsets.US_ASCII));
            assertTrue(client.isClosedByServer());
        }
    }
}
