package io.zookit.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.spi.PluginKind;
import io.zookit.spi.transport.PeerFacts;
import io.zookit.spi.transport.Transport;
import io.zookit.spi.transport.TransportException;
import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Rules of binding, accepting and running tasks. */
interface TransportStarting extends TransportRules {
    @Test
    default void isATransportWithAnId() {
        assertEquals(PluginKind.TRANSPORT, provider().kind());
        assertTrue(provider().id().matches("[a-z0-9-]+"), provider().id());
    }

    @Test
    default void bindsAnyFreePortAndSaysWhich() throws Exception {
        ScriptedPipeline pipeline = new ScriptedPipeline(ServedConnection.Script.ECHO);
        TransportBench.Listening listening = listen(pipeline);
        assertNotEquals(0, listening.address().getPort());
        LoopbackClient client = listening.connect();
        client.send("hello");
        assertEquals("hello", client.readText(5));
    }

    @Test
    default void knowsBothEndsOfAConnection() throws Exception {
        ScriptedPipeline pipeline = new ScriptedPipeline(ServedConnection.Script.ECHO);
        TransportBench.Listening listening = listen(pipeline);
        LoopbackClient client = listening.connect();
        PeerFacts peer = pipeline.next().connection().peer();
        assertEquals(client.localAddress(), peer.remoteAddress());
        assertEquals(listening.address(), peer.localAddress());
        assertEquals(List.of(), peer.certificates());
    }

    @Test
    default void showsAnIpv4ClientOfTheWildcardAddressAsIpv4() throws Exception {
        ScriptedPipeline pipeline = new ScriptedPipeline(ServedConnection.Script.ECHO);
        Transport transport = bench().transport(provider());
        int port = transport.start(new InetSocketAddress(0), 16, pipeline).getPort();
        bench().connect(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
        InetAddress seen = pipeline.next().connection().peer().remoteAddress().getAddress();
        assertTrue(seen instanceof Inet4Address, () -> "Addresses are compared with ACLs, but this is " + seen);
    }

    @Test
    default void saysWhichAddressIsInUseAndMayBeTriedAgain() throws Exception {
        TransportBench.Listening first = listen(new ScriptedPipeline(ServedConnection.Script.ECHO));
        Transport second = bench().transport(provider());
        ScriptedPipeline pipeline = new ScriptedPipeline(ServedConnection.Script.ECHO);
        TransportException failure =
                assertThrows(TransportException.class, () -> second.start(first.address(), -1, pipeline));
        String message = String.valueOf(failure.getMessage());
        assertTrue(message.contains("127.0.0.1:" + first.address().getPort()), message);
        assertTrue(message.contains("in use"), message);

        TransportBench.Listening again = bench().listen(second, pipeline);
        LoopbackClient client = again.connect();
        client.send("x");
        assertEquals("x", client.readText(1));
    }

    @Test
    default void saysWhichAddressIsNotOfThisMachine() throws Exception {
        Transport transport = bench().transport(provider());
        // Reserved for documentation: no machine has it.
        InetAddress nobodys = InetAddress.getByAddress(new byte[] {(byte) 192, 0, 2, 1});
        InetSocketAddress foreign = new InetSocketAddress(nobodys, 0);
        TransportException failure = assertThrows(
                TransportException.class,
                () -> transport.start(foreign, -1, new ScriptedPipeline(ServedConnection.Script.ECHO)));
        assertTrue(String.valueOf(failure.getMessage()).contains("192.0.2.1"), failure.getMessage());
    }

    @Test
    default void saysWhichHostNameIsUnknown() {
        Transport transport = bench().transport(provider());
        InetSocketAddress unknown = InetSocketAddress.createUnresolved("no-such-host.invalid", 0);
        TransportException failure = assertThrows(
                TransportException.class,
                () -> transport.start(unknown, -1, new ScriptedPipeline(ServedConnection.Script.ECHO)));
        assertTrue(String.valueOf(failure.getMessage()).contains("no-such-host.invalid"), failure.getMessage());
    }

    @Test
    default void listensOnce() {
        TransportBench.Listening listening = listen(new ScriptedPipeline(ServedConnection.Script.ECHO));
        assertThrows(IllegalStateException.class, () -> listening
                .transport()
                .start(TransportBench.anyPort(), -1, new ScriptedPipeline(ServedConnection.Script.ECHO)));
    }

    @Test
    default void twoTransportsServeSideBySide() throws Exception {
        TransportBench.Listening one = listen(new ScriptedPipeline((served, bytes) -> {
            served.connection().send(ServedConnection.text("one"));
            return ServedConnection.Script.TAKE_ALL.received(served, bytes);
        }));
        TransportBench.Listening two = listen(new ScriptedPipeline((served, bytes) -> {
            served.connection().send(ServedConnection.text("two"));
            return ServedConnection.Script.TAKE_ALL.received(served, bytes);
        }));
        LoopbackClient ofOne = one.connect();
        LoopbackClient ofTwo = two.connect();
        ofOne.send("?");
        ofTwo.send("?");
        assertEquals("one", ofOne.readText(3));
        assertEquals("two", ofTwo.readText(3));
        one.transport().close();
        ofTwo.send("?");
        assertEquals("two", ofTwo.readText(3));
    }

    @Test
    default void runsTasksInOrderOnOneThreadBeforeAndAfterStart() throws Exception {
        Transport transport = bench().transport(provider());
        BlockingQueue<Thread> ran = new LinkedBlockingQueue<>();
        BlockingQueue<Integer> order = new LinkedBlockingQueue<>();
        for (int i = 0; i < 100; i++) {
            int number = i;
            if (number == 50) {
                bench().listen(transport, new ScriptedPipeline(ServedConnection.Script.ECHO));
            }
            transport.execute(() -> {
                ran.add(Thread.currentThread());
                order.add(number);
            });
        }
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Thread thread = ran.poll(TransportBench.PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            threads.add(thread == null ? Thread.currentThread() : thread);
            assertEquals(i, order.poll(TransportBench.PATIENCE_MILLIS, TimeUnit.MILLISECONDS));
        }
        assertEquals(1, threads.stream().distinct().count());
        assertNotEquals(Thread.currentThread(), threads.get(0));
    }

    @Test
    default void dropsTasksOnceClosed() throws Exception {
        TransportBench.Listening listening = listen(new ScriptedPipeline(ServedConnection.Script.ECHO));
        listening.transport().close();
        BlockingQueue<String> ran = new LinkedBlockingQueue<>();
        listening.transport().execute(() -> ran.add("ran"));
        assertEquals(0, ran.size());
    }

    @Test
    default void aFailingTaskHarmsNobodyElse() throws Exception {
        TransportBench.Listening listening = listen(new ScriptedPipeline(ServedConnection.Script.ECHO));
        listening.transport().execute(() -> {
            throw new IllegalStateException("a task that fails, on purpose");
        });
        LoopbackClient client = listening.connect();
        client.send("x");
        assertEquals("x", client.readText(1));
    }
}
