package io.zookit.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.spi.transport.TransportException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import org.junit.jupiter.api.Test;
import org.opentest4j.TestAbortedException;

/** Rules of a transport that is to listen elsewhere while it runs. One that cannot do that says so, and goes on. */
interface TransportMoving extends TransportRules {
    @Test
    default void listensElsewhereAndKeepsItsConnections() throws Exception {
        TransportBench.Listening before = listen(new ScriptedPipeline(ServedConnection.Script.ECHO));
        LoopbackClient early = before.connect();
        early.send("one");
        assertEquals("one", early.readText(3));

        InetSocketAddress moved = moved(before, TransportBench.anyPort());

        early.send("two");
        assertEquals("two", early.readText(3), "a connection from before");
        LoopbackClient late = bench().connect(moved);
        late.send("three");
        assertEquals("three", late.readText(5), "a connection to the new address");
        assertThrows(IOException.class, () -> bench().connect(before.address()), "nobody listens there any more");
    }

    @Test
    default void goesOnWhereItListensWhenTheNewAddressIsTaken() throws Exception {
        TransportBench.Listening before = listen(new ScriptedPipeline(ServedConnection.Script.ECHO));
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            InetSocketAddress address = new InetSocketAddress(taken.getInetAddress(), taken.getLocalPort());
            TransportException refusal = assertThrows(
                    TransportException.class, () -> before.transport().listenAt(address));
            String message = String.valueOf(refusal.getMessage());
            assertTrue(message.contains(":" + taken.getLocalPort()), message);
        }
        LoopbackClient client = before.connect();
        client.send("still");
        assertEquals("still", client.readText(5));
    }

    @Test
    default void mayListenAtTheSamePortOfAnotherAddress() throws Exception {
        TransportBench.Listening before = listen(new ScriptedPipeline(ServedConnection.Script.ECHO));
        int port = before.address().getPort();
        assertEquals(port, moved(before, new InetSocketAddress(port)).getPort());
        LoopbackClient client = before.connect();
        client.send("still");
        assertEquals("still", client.readText(5));
    }

    @Test
    default void cannotListenElsewhereBeforeItListens() {
        assertThrows(RuntimeException.class, () -> bench().transport(provider()).listenAt(TransportBench.anyPort()));
    }

    private static InetSocketAddress moved(TransportBench.Listening before, InetSocketAddress address)
            throws Exception {
        try {
            return before.transport().listenAt(address);
        } catch (TransportException refusal) {
            LoopbackClient client = before.connect();
            client.send("still");
            assertEquals("still", client.readText(5));
            throw new TestAbortedException("this transport does not move", refusal);
        }
    }
}
