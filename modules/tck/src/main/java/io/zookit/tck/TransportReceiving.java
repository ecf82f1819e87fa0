package io.zookit.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rules of delivering bytes: none is lost, added or moved; leftovers; the end of the batch. */
interface TransportReceiving extends TransportRules {
    /** Echoes frames of a four-byte length and a body, taking only whole ones. */
    ServedConnection.Script ECHO_FRAMES = (served, bytes) -> {
        while (bytes.remaining() >= 4 && bytes.remaining() >= 4 + bytes.getInt(bytes.position())) {
            int length = 4 + bytes.getInt(bytes.position());
            served.connection().send(bytes.slice(bytes.position(), length));
            bytes.position(bytes.position() + length);
        }
        return true;
    };

    @Test
    default void deliversExactlyWhatWasSentHoweverItIsCut() throws Exception {
        TransportBench.Listening listening = listen(new ScriptedPipeline(ECHO_FRAMES));
        for (long seed = 1; seed <= 5; seed++) {
            Random random = new Random(seed);
            ByteBuffer frames = ByteBuffer.allocate(600_000);
            while (frames.remaining() > 70_000) {
                byte[] body = new byte[random.nextInt(10) == 0 ? random.nextInt(60_000) : random.nextInt(300)];
                random.nextBytes(body);
                frames.putInt(body.length).put(body);
            }
            byte[] sent = new byte[frames.position()];
            frames.get(0, sent);
            LoopbackClient client = listening.connect();
            Thread writer = inBackground(() -> {
                for (int at = 0; at < sent.length; ) {
                    int length = Math.min(sent.length - at, 1 + random.nextInt(random.nextBoolean() ? 50 : 20_000));
                    client.send(sent, at, length);
                    at += length;
                }
            });
            byte[] got = client.read(sent.length);
            writer.join(TransportBench.PATIENCE_MILLIS);
            assertArrayEquals(sent, got, "seed " + seed);
        }
    }

    @Test
    default void offersWhatWasLeftFollowedByNewerBytes() throws Exception {
        ScriptedPipeline pipeline = new ScriptedPipeline((served, bytes) -> {
            served.note(ServedConnection.peek(bytes));
            if (bytes.remaining() >= 6) {
                bytes.position(bytes.position() + 4);
            }
            return true;
        });
        LoopbackClient client = listen(pipeline).connect();
        ServedConnection served = pipeline.next();
        client.send("abc");
        served.awaitNote("abc");
        client.send("defg");
        served.awaitNote("abcdefg");
        client.send("h");
        served.awaitNote("efgh");
        served.assertNoNote();
    }

    @Test
    default void keepsAFrameThatComesInThousandsOfPieces() throws Exception {
        LoopbackClient client = listen(new ScriptedPipeline(ECHO_FRAMES)).connect();
        byte[] frame = new byte[4 + 3_000];
        new Random(7).nextBytes(frame);
        ByteBuffer.wrap(frame).putInt(0, 3_000);
        for (int i = 0; i < frame.length; i++) {
            client.send(frame, i, 1);
        }
        assertArrayEquals(frame, client.read(frame.length));
        client.send(frame);
        assertArrayEquals(frame, client.read(frame.length));
    }

    @Test
    default void keepsAFrameOfSeveralMegabytes() throws Exception {
        LoopbackClient client = listen(new ScriptedPipeline(ECHO_FRAMES)).connect();
        byte[] frame = new byte[4 + 5_000_000];
        new Random(8).nextBytes(frame);
        ByteBuffer.wrap(frame).putInt(0, 5_000_000);
        for (int i = 0; i < 3; i++) {
            Thread writer = inBackground(() -> client.send(frame));
            assertArrayEquals(frame, client.read(frame.length));
            writer.join(TransportBench.PATIENCE_MILLIS);
        }
    }

    @Test
    default void endsTheBatchAfterItsDeliveriesAndBeforeItWaits() throws Exception {
        List<ServedConnection> due = new ArrayList<>();
        ScriptedPipeline pipeline = new ScriptedPipeline(
                (served, bytes) -> {
                    due.add(served);
                    return ServedConnection.Script.TAKE_ALL.received(served, bytes);
                },
                () -> {
                    due.forEach(served -> served.connection().send(ServedConnection.text("!")));
                    due.clear();
                });
        // The answers come from the end of the batch only: with one request in flight, none may be missing.
        LoopbackClient client = listen(pipeline).connect();
        for (int i = 0; i < 1_000; i++) {
            client.send("?");
            assertEquals("!", client.readText(1));
        }
    }

    @Test
    default void serves200ConnectionsAtOnce() throws Exception {
        TransportBench.Listening listening = listen(new ScriptedPipeline(ECHO_FRAMES));
        List<LoopbackClient> clients = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            clients.add(listening.connect());
        }
        for (int round = 0; round < 20; round++) {
            for (int i = 0; i < clients.size(); i++) {
                ByteBuffer frame = ByteBuffer.allocate(12).putInt(8).putInt(i).putInt(round);
                clients.get(i).send(frame.array());
            }
            for (int i = 0; i < clients.size(); i++) {
                ByteBuffer frame = ByteBuffer.wrap(clients.get(i).read(12));
                assertEquals(8, frame.getInt());
                assertEquals(i, frame.getInt());
                assertEquals(round, frame.getInt());
            }
        }
    }

    /** Runs what may block while the test reads. */
    static Thread inBackground(Blocking work) {
        Thread thread = new Thread(
                () -> {
                    try {
                        work.run();
                    } catch (Exception failure) {
                        throw new IllegalStateException(failure);
                    }
                },
                "client-writer");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    /** Work of a client. */
    interface Blocking {
        void run() throws Exception;
    }
}
