package io.zookit.benchmarks;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.benchmarks.ScriptedServer.Script;
import java.io.EOFException;
import java.net.ProtocolException;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class ClientSocketTest {
    @Test
    void whatWasCreatedExistsAndMayBeCreatedAgain() throws Exception {
        try (ScriptedServer server = new ScriptedServer(Script.HONEST);
                ClientSocket socket = ClientSocket.open(server.address())) {
            assertFalse(socket.exists("/a"));
            socket.create("/a");
            socket.create("/a");
            assertTrue(socket.exists("/a"));
        }
    }

    @Test
    void anUnexpectedErrorIsAFailure() throws Exception {
        Script refusing =
                (number, reply) -> ByteBuffer.wrap(reply).putInt(16, -102).array();
        try (ScriptedServer server = new ScriptedServer(refusing);
                ClientSocket socket = ClientSocket.open(server.address())) {
            assertThrows(ProtocolException.class, () -> socket.create("/a"));
            assertThrows(ProtocolException.class, () -> socket.exists("/a"));
        }
    }

    @Test
    void anAbsurdLengthIsNotAllocated() throws Exception {
        Script huge = (number, reply) ->
                ByteBuffer.wrap(reply).putInt(0, Integer.MAX_VALUE).array();
        try (ScriptedServer server = new ScriptedServer(huge);
                ClientSocket socket = ClientSocket.open(server.address())) {
            assertThrows(ProtocolException.class, () -> socket.exists("/a"));
        }
    }

    @Test
    void aClosedConnectionIsAFailure() throws Exception {
        try (ScriptedServer server = new ScriptedServer((number, reply) -> new byte[0]);
                ClientSocket socket = ClientSocket.open(server.address())) {
            assertThrows(EOFException.class, () -> socket.exists("/a"));
        }
    }
}
