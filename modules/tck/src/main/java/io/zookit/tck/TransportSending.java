package io.zookit.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zookit.spi.transport.Connection;
import io.zookit.spi.transport.Transport;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;

/** Rules of sending: copied at once, in order, by any thread, without waiting for a next time. */
interface TransportSending extends TransportRules {
    @Test
    default void copiesWhatIsSentAndMovesNothing() throws Exception {
        ScriptedPipeline pipeline = new ScriptedPipeline((served, bytes) -> {
            sendAndOverwrite(served.connection());
            return ServedConnection.Script.TAKE_ALL.received(served, bytes);
        });
        LoopbackClient client = listen(pipeline).connect();
        sendAndOverwrite(pipeline.next().connection());
        assertEquals("heapdirectmiddle", client.readText(16));
        client.send("?");
        assertEquals("heapdirectmiddle", client.readText(16));
    }

    private static void sendAndOverwrite(Connection connection) {
        ByteBuffer heap = ServedConnection.text("heap");
        connection.send(heap.asReadOnlyBuffer());
        heap.put(0, new byte[4]);
        ByteBuffer direct = ByteBuffer.allocateDirect(6)
                .put(ServedConnection.text("direct"))
                .flip();
        connection.send(direct);
        assertEquals(0, direct.position());
        assertEquals(6, direct.remaining());
        direct.put(0, new byte[6]);
        ByteBuffer middle = ServedConnection.text("..middle..").position(2).limit(8);
        connection.send(middle);
        assertEquals(2, middle.position());
        assertEquals(8, middle.limit());
        connection.send(ByteBuffer.allocate(0));
    }

    @Test
    default void oneForeignThreadsSendsLeaveInOrder() throws Exception {
        ScriptedPipeline pipeline = new ScriptedPipeline(ServedConnection.Script.TAKE_ALL);
        LoopbackClient client = listen(pipeline).connect();
        Connection connection = pipeline.next().connection();
        int count = 50_000;
        Thread sender = TransportReceiving.inBackground(() -> {
            for (int i = 0; i < count; i++) {
                connection.send(ServedConnection.number(i));
            }
        });
        for (int i = 0; i < count; i++) {
            assertEquals(i, client.readInt());
        }
        sender.join(TransportBench.PATIENCE_MILLIS);
    }

    @Test
    default void sendsOfThreadsThatHandOverLeaveInOrder() throws Exception {
        ScriptedPipeline pipeline = new ScriptedPipeline(ServedConnection.Script.TAKE_ALL);
        TransportBench.Listening listening = listen(pipeline);
        LoopbackClient client = listening.connect();
        Connection connection = pipeline.next().connection();
        ExecutorService other = Executors.newSingleThreadExecutor();
        try {
            int count = 4_000;
            pass(connection, listening.transport(), other, 0, count);
            for (int i = 0; i < 2 * count; i++) {
                assertEquals(i, client.readInt());
            }
        } finally {
            other.shutdown();
        }
    }

    /** Sends two numbers, then lets the other of transport and thread go on. */
    private static void pass(Connection connection, Transport transport, ExecutorService other, int step, int count) {
        if (step < count) {
            Runnable next = () -> {
                connection.send(ServedConnection.number(2 * step));
                connection.send(ServedConnection.number(2 * step + 1));
                pass(connection, transport, other, step + 1, count);
            };
            if (step % 2 == 0) {
                transport.execute(next);
            } else {
                other.execute(next);
            }
        }
    }

    @Test
    default void manyThreadsMaySendAtOnce() throws Exception {
        ScriptedPipeline pipeline = new ScriptedPipeline(ServedConnection.Script.ECHO);
        TransportBench.Listening listening = listen(pipeline);
        LoopbackClient client = listening.connect();
        Connection connection = pipeline.next().connection();
        int threads = 8;
        int each = 2_000;
        CountDownLatch go = new CountDownLatch(1);
        List<Thread> senders = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int sender = t;
            senders.add(TransportReceiving.inBackground(() -> {
                go.await();
                for (int i = 0; i < each; i++) {
                    connection.send(ByteBuffer.allocate(8).putInt(0, sender).putInt(4, i));
                }
            }));
        }
        go.countDown();
        int[] expected = new int[threads];
        for (int i = 0; i < threads * each; i++) {
            ByteBuffer message = ByteBuffer.wrap(client.read(8));
            int sender = message.getInt();
            assertEquals(expected[sender]++, message.getInt(), "messages of thread " + sender);
        }
        for (Thread sender : senders) {
            sender.join(TransportBench.PATIENCE_MILLIS);
        }
        TransportStopping.awaitNothingPending(pipelineConnection(connection));
    }

    private static ServedConnection pipelineConnection(Connection connection) {
        return new ServedConnection(
                new ScriptedPipeline(ServedConnection.Script.TAKE_ALL), connection, ServedConnection.Script.TAKE_ALL);
    }

    @Test
    default void oneBufferMayGoToManyConnections() throws Exception {
        ScriptedPipeline pipeline = new ScriptedPipeline(ServedConnection.Script.TAKE_ALL);
        TransportBench.Listening listening = listen(pipeline);
        List<LoopbackClient> clients = new ArrayList<>();
        List<Connection> connections = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            clients.add(listening.connect());
            connections.add(pipeline.next().connection());
        }
        ByteBuffer event = ServedConnection.text("an event");
        connections.forEach(connection -> connection.send(event));
        listening.transport().execute(() -> connections.forEach(connection -> connection.send(event)));
        for (LoopbackClient client : clients) {
            assertEquals("an eventan event", client.readText(16));
        }
    }

    @Test
    default void largeAndSmallSendsMix() throws Exception {
        ByteBuffer expected = ByteBuffer.allocate(4_000_000);
        ScriptedPipeline pipeline = new ScriptedPipeline((served, bytes) -> {
            int[] sizes = {1, 65_536, 65_535, 10, 1_000_000, 3, 200_000, 64 * 1024 + 1};
            byte fill = 0;
            for (int size : sizes) {
                byte[] block = new byte[size];
                java.util.Arrays.fill(block, ++fill);
                expected.put(block);
                served.connection().send(ByteBuffer.wrap(block));
            }
            served.note("sent");
            return ServedConnection.Script.TAKE_ALL.received(served, bytes);
        });
        LoopbackClient client = listen(pipeline).connect();
        client.send("?");
        pipeline.next().awaitNote("sent");
        byte[] all = new byte[expected.position()];
        expected.get(0, all);
        assertArrayEquals(all, client.read(all.length));
    }

    @Test
    default void aTasksSendsLeaveWithoutFurtherTraffic() throws Exception {
        ScriptedPipeline pipeline = new ScriptedPipeline(ServedConnection.Script.TAKE_ALL);
        TransportBench.Listening listening = listen(pipeline);
        LoopbackClient client = listening.connect();
        Connection connection = pipeline.next().connection();
        for (int i = 0; i < 200; i++) {
            int number = i;
            listening.transport().execute(() -> connection.send(ServedConnection.number(number)));
            assertEquals(i, client.readInt());
        }
    }
}
