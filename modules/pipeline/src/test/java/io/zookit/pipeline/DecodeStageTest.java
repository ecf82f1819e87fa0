package io.zookit.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.RingBuffer;
import io.zookit.model.Acl;
import io.zookit.model.OpCode;
import io.zookit.pipeline.ClientConnection.Phase;
import io.zookit.pipeline.operation.Operations;
import io.zookit.pipeline.words.Words;
import io.zookit.spi.ServerClock;
import io.zookit.wire.JuteWriter;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class DecodeStageTest {
    private static final int RING = 4;
    private static final int BYTES_IN_FLIGHT_MAX = 10_000;
    private static final int LARGE = 6_000;

    private final RingBuffer<RequestEvent> ring = RingBuffer.createMultiProducer(RequestEvent::new, RING);
    private final EventPoller<RequestEvent> poller = ring.newPoller();
    private final Turns turns = new Turns(() -> {}, Runnable::run);
    private final LimitBites bites = new LimitBites(ServerClock.system());
    private final AuthenticateStage authenticate =
            new AuthenticateStage(ring, turns, Map.of(), List.of(), ServerClock.system(), 1_000, Thread::new);
    private final DecodeStage decode = new DecodeStage(
            ring,
            new Operations(),
            new Words(Set.of("*")),
            authenticate,
            new ServerRole(true),
            ServerClock.system(),
            options(),
            bites);
    private final JuteWriter bytes = new JuteWriter(64);
    private final SilentConnection transport = new SilentConnection();
    private final ClientConnection connection =
            new ClientConnection(transport, new ReplyStage(new Statistics(), Long.MAX_VALUE), List.of(), 0);

    DecodeStageTest() {
        ring.addGatingSequences(poller.getSequence());
        connection.phase(Phase.OPEN);
    }

    @AfterEach
    void stop() {
        authenticate.close();
    }

    static PipelineOptions options() {
        return new PipelineOptions(
                RING,
                RING,
                1 << 20,
                BYTES_IN_FLIGHT_MAX,
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

    private void exists(int xid) {
        int frame = bytes.beginFrame();
        bytes.writeInt(xid);
        bytes.writeInt(OpCode.EXISTS.code());
        bytes.writeString("/a");
        bytes.writeBoolean(false);
        bytes.endFrame(frame);
    }

    private void create(int xid, int dataBytes) {
        int frame = bytes.beginFrame();
        bytes.writeInt(xid);
        bytes.writeInt(OpCode.CREATE.code());
        bytes.writeString("/a");
        bytes.writeBuffer(new byte[dataBytes]);
        bytes.writeAcls(Acl.OPEN_UNSAFE);
        bytes.writeInt(0);
        bytes.endFrame(frame);
    }

    /** Takes everything off the ring. */
    private List<Integer> takeAll(List<Integer> held) {
        List<Integer> xids = new ArrayList<>();
        try {
            poller.poll((event, sequence, endOfBatch) -> {
                xids.add(event.xid());
                held.add(event.heldBytes());
                event.clear();
                return true;
            });
        } catch (Exception impossible) {
            throw new AssertionError(impossible);
        }
        return xids;
    }

    @Test
    void aFrameMayArriveInTwoPiecesCutAnywhere() {
        exists(7);
        byte[] frame = bytes.toByteArray();
        for (int cut = 0; cut < frame.length; cut++) {
            ByteBuffer first = ByteBuffer.wrap(frame, 0, cut);
            assertTrue(decode.received(connection, first), "cut at " + cut);
            assertEquals(0, first.position(), "nothing is taken of half a frame");
            ByteBuffer whole = ByteBuffer.wrap(frame);
            assertTrue(decode.received(connection, whole));
            assertFalse(whole.hasRemaining());
            assertEquals(List.of(7), takeAll(new ArrayList<>()));
        }
    }

    @Test
    void aFullRingStopsTheConnectionAndKeepsItsBytes() {
        for (int xid = 1; xid <= RING + 2; xid++) {
            exists(xid);
        }
        ByteBuffer received = ByteBuffer.wrap(bytes.toByteArray());
        assertFalse(decode.received(connection, received));
        assertSame(connection, decode.starved().poll());
        assertEquals(List.of(1, 2, 3, 4), takeAll(new ArrayList<>()));
        assertTrue(decode.received(connection, received), "there is room again");
        assertEquals(List.of(5, 6), takeAll(new ArrayList<>()));
    }

    @Test
    void largeRequestsAreTakenInOnlyWhileTheirBytesAreWithinTheLimit() {
        for (int xid = 1; xid <= 3; xid++) {
            create(xid, LARGE);
        }
        ByteBuffer received = ByteBuffer.wrap(bytes.toByteArray());
        assertFalse(decode.received(connection, received), "the third waits: two are more than the limit");
        assertFalse(decode.hasRoom());
        List<Integer> held = new ArrayList<>();
        assertEquals(List.of(1, 2), takeAll(held));
        assertFalse(decode.received(connection, received), "taken up is not done");
        decode.release(held.get(0));
        assertTrue(decode.hasRoom());
        assertTrue(decode.received(connection, received));
        assertEquals(List.of(3), takeAll(held));
        held.subList(1, 3).forEach(decode::release);
        assertTrue(decode.hasRoom());
    }

    @Test
    void nothingIsTakenAfterAnUnknownOperation() {
        int frame = bytes.beginFrame();
        bytes.writeInt(1);
        bytes.writeInt(999);
        bytes.endFrame(frame);
        exists(2);
        assertFalse(decode.received(connection, ByteBuffer.wrap(bytes.toByteArray())));
        assertEquals(List.of(1), takeAll(new ArrayList<>()));
        assertFalse(transport.isClosed(), "the answer comes first");
    }

    @Test
    void aFrameOfAnImpossibleLengthClosesTheConnection() {
        bytes.writeInt((1 << 20) + 1);
        assertFalse(decode.received(connection, ByteBuffer.wrap(bytes.toByteArray())));
        assertTrue(transport.isClosed());
    }
}
