package io.zookit.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.RingBuffer;
import io.zookit.fuzz.Bodies;
import io.zookit.fuzz.Chance;
import io.zookit.fuzz.Damage;
import io.zookit.model.OpCode;
import io.zookit.pipeline.ClientConnection.Phase;
import io.zookit.pipeline.operation.Operations;
import io.zookit.pipeline.words.Words;
import io.zookit.spi.ServerClock;
import io.zookit.wire.JuteWriter;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * DECODE against whole conversations: what comes of them does not depend on where they are cut, and nothing in them makes it fail.
 */
class FrameSplitterFuzzTest {
    private static final int FRAME_BYTES_MAX = 1 << 16;
    private static final int ITEMS_MAX = 6;
    private static final int CUT_EVERYWHERE_BYTES_MAX = 400;

    private final long seed = Long.getLong("fuzz.seed", 20261122L);
    private final long conversations = Long.getLong("fuzz.executions", 100_000) / 20;
    private final Chance chance = new Chance(seed);
    private final Bodies bodies = new Bodies(chance);
    private final Damage damage = new Damage(chance);

    private long requests;

    private final RingBuffer<RequestEvent> ring = RingBuffer.createMultiProducer(RequestEvent::new, 1 << 10);
    private final EventPoller<RequestEvent> poller = ring.newPoller();
    private final Turns turns = new Turns(() -> {}, Runnable::run);
    private final AuthenticateStage authenticate =
            new AuthenticateStage(ring, turns, Map.of(), List.of(), ServerClock.system(), 1_000, Thread::new);
    private final DecodeStage decode = new DecodeStage(
            ring,
            new Operations(),
            new Words(Set.of()),
            authenticate,
            new ServerRole(true),
            ServerClock.system(),
            options(),
            new LimitBites(ServerClock.system()));
    private final ReplyStage replies = new ReplyStage(new Statistics(), Long.MAX_VALUE);

    FrameSplitterFuzzTest() {
        ring.addGatingSequences(poller.getSequence());
    }

    @AfterEach
    void stop() {
        authenticate.close();
    }

    private static PipelineOptions options() {
        return new PipelineOptions(
                1 << 10,
                1 << 10,
                FRAME_BYTES_MAX,
                Long.MAX_VALUE,
                1 << 20,
                1,
                1,
                1,
                1,
                0,
                0,
                SnapshotPolicy.byTransactions(100),
                0,
                false,
                false,
                false,
                false,
                new SweepPolicy(60_000, 10_000, 0),
                EnsembleOptions.DEFAULT,
                Limits.none(),
                Set.of(),
                new ServerDescription("", Machine.UNKNOWN));
    }

    @Test
    void whatComesOfAConversationDoesNotDependOnWhereItIsCut() {
        for (long i = 0; i < conversations; i++) {
            byte[] conversation = conversation();
            try {
                compareCuts(conversation);
            } catch (RuntimeException | AssertionError failure) {
                String bytes = HexFormat.of().formatHex(conversation);
                throw new AssertionError("-Dfuzz.seed=" + seed + ", conversation " + i + ": " + bytes, failure);
            }
        }
        assertTrue(requests > conversations, () -> "only " + requests + " requests came of it");
    }

    private void compareCuts(byte[] conversation) {
        List<String> whole = outcome(conversation, taken -> conversation.length);
        assertEquals(whole, outcome(conversation, taken -> 1 + chance.below(40)), "cut at random");
        if (chance.oneIn(20) && conversation.length <= CUT_EVERYWHERE_BYTES_MAX) {
            assertEquals(whole, outcome(conversation, taken -> 1), "byte by byte");
            for (int cut = 1; cut < conversation.length; cut++) {
                int first = cut;
                assertEquals(
                        whole, outcome(conversation, taken -> taken == 0 ? first : conversation.length), "cut once");
            }
        }
    }

    /** Has a connection send this in pieces, and says what came of it. */
    private List<String> outcome(byte[] conversation, IntUnaryOperator nextPiece) {
        SilentPeer peer = new SilentPeer();
        ClientConnection connection = new ClientConnection(peer, replies, List.of(), 0);
        List<String> events = new ArrayList<>();
        int arrived = 0;
        int taken = 0;
        boolean reads = true;
        while (reads && arrived < conversation.length) {
            arrived = Math.min(conversation.length, arrived + nextPiece.applyAsInt(arrived));
            boolean again = true;
            while (again) {
                ByteBuffer offered =
                        ByteBuffer.wrap(conversation, taken, arrived - taken).slice();
                reads = decode.received(connection, offered);
                taken += offered.position();
                // The owner of the state answers a connect request by opening the connection.
                again = takeEvents(connection, events);
                reads |= again;
            }
        }
        boolean waitsForVerdict = connection.phase() == Phase.CONNECTING;
        events.add(connection.phase() + (waitsForVerdict ? "" : peer.isClosed() ? " closed" : " open"));
        return events;
    }

    /** Takes what was decoded; says whether the connection was opened by it. */
    private boolean takeEvents(ClientConnection connection, List<String> events) {
        boolean[] opened = {false};
        try {
            poller.poll((event, sequence, endOfBatch) -> {
                switch (event.kind()) {
                    case CONNECT -> {
                        connection.phase(Phase.OPEN);
                        opened[0] = true;
                        events.add("connect " + event.connectRequest().sessionId());
                    }
                    case REQUEST -> {
                        requests++;
                        events.add(event.xid() + " " + event.operation().code());
                    }
                    case MALFORMED ->
                        events.add(
                                event.xid() + " malformed " + event.operation().code());
                    case UNKNOWN -> events.add(event.xid() + " unknown");
                    case WORD -> events.add(event.word().name());
                    case AUTHENTICATED -> {
                        // A verdict comes from another thread, whenever it comes; some earlier conversation's, most
                        // likely.
                    }
                }
                event.clear();
                return true;
            });
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
        return opened[0];
    }

    private byte[] conversation() {
        JuteWriter writer = new JuteWriter(1 << 10);
        if (!chance.oneIn(10)) {
            connect(writer);
        }
        for (int items = chance.below(ITEMS_MAX); items > 0; items--) {
            switch (chance.below(12)) {
                case 0 -> word(writer);
                case 1 -> connect(writer);
                case 2 -> writer.writeInt(chance.anyInt());
                case 3 -> raw(writer, chance.anyBytes());
                default -> request(writer);
            }
        }
        byte[] whole = writer.toByteArray();
        return chance.oneIn(4) ? damage.of(whole) : whole;
    }

    private void word(JuteWriter writer) {
        raw(writer, chance.of("ruok", "mntr", "stmk", "wchp\n", "nope").getBytes(StandardCharsets.US_ASCII));
    }

    private static void raw(JuteWriter writer, byte[] bytes) {
        writer.writeRaw(bytes, 0, bytes.length);
    }

    private void connect(JuteWriter writer) {
        int frame = writer.beginFrame();
        writer.writeInt(0);
        writer.writeLong(chance.anyLong());
        writer.writeInt(chance.anyInt());
        writer.writeLong(chance.anyLong());
        writer.writeBuffer(new byte[16]);
        if (chance.oneIn(2)) {
            writer.writeBoolean(chance.oneIn(2));
        }
        writer.endFrame(frame);
    }

    private void request(JuteWriter writer) {
        JuteWriter body = new JuteWriter(1 << 8);
        OpCode operation = Bodies.OPERATIONS.get(chance.below(Bodies.OPERATIONS.size()));
        bodies.write(operation, body);
        byte[] content = chance.oneIn(3) ? damage.of(body.toByteArray()) : body.toByteArray();
        int frame = writer.beginFrame();
        writer.writeInt(chance.oneIn(4) ? chance.of(-1, -2, -4, -8, Integer.MIN_VALUE) : chance.below(100));
        writer.writeInt(chance.oneIn(20) ? chance.anyInt() : operation.code());
        raw(writer, content);
        writer.endFrame(frame);
    }
}
