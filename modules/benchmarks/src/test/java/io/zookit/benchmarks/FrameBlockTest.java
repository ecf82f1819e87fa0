package io.zookit.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.zookit.wire.JuteReader;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import org.junit.jupiter.api.Test;

class FrameBlockTest {
    @Test
    void aFreshBlockHasNothingToWrite() {
        assertFalse(FrameBlock.of(Workload.GET, 0, 4, 4, 0).unwritten().hasRemaining());
    }

    @Test
    void framesAreNumberedOnFromTheLastXidAndName() {
        FrameBlock block = FrameBlock.of(Workload.CREATE, 12, 4, Integer.MAX_VALUE, 10);
        block.ready(3, 40, 123_456_788);
        ByteBuffer frames = block.unwritten();
        for (int index = 0; index < 3; index++) {
            JuteReader create = body(frames);
            assertEquals(41 + index, create.readInt());
            assertEquals(1, create.readInt());
            assertEquals("/load/0012/" + (123_456_788 + index), create.readRequiredString());
            assertEquals("abcdefghij", new String(create.readBuffer()));
            assertEquals("world", create.readAcls().get(0).id().scheme());
            assertEquals(0, create.readInt());
            assertEquals(0, create.remaining());
        }
        assertFalse(frames.hasRemaining());
    }

    @Test
    void pathsBeginAgainAfterTheLastZnode() {
        FrameBlock block = FrameBlock.of(Workload.SET, 0, 4, 3, 0);
        block.ready(4, 0, 4);
        ByteBuffer frames = block.unwritten();
        for (int expected : new int[] {1, 2, 0, 1}) {
            JuteReader set = body(frames);
            set.readLong();
            assertEquals("/load/0000/00000000" + expected, set.readRequiredString());
            assertEquals(0, set.readBuffer().length);
            assertEquals(-1, set.readInt());
            assertEquals(0, set.remaining());
        }
    }

    @Test
    void eachWorkloadsFrameIsWhatTheProtocolPrescribes() {
        for (Workload workload : EnumSet.complementOf(EnumSet.of(Workload.MIXED))) {
            JuteReader frame = body(RequestFrames.of(workload, 5, "/a", 3));
            assertEquals(5, frame.readInt());
            assertEquals(workload.operation(), frame.readInt());
            assertEquals("/a", frame.readRequiredString());
            int expected =
                    switch (workload) {
                        case GET, EXISTS -> 1;
                        case DELETE -> 4;
                        case SET -> 4 + 3 + 4;
                        case CREATE -> 4 + 3 + 4 + 4 + (4 + 5) + (4 + 6) + 4;
                        case MIXED -> throw new AssertionError("left out");
                    };
            assertEquals(expected, frame.remaining(), workload.name());
        }
    }

    @Test
    void theConnectFrameAsksForANewSession() {
        JuteReader frame = body(RequestFrames.connect(30_000));
        assertEquals(0, frame.readInt());
        assertEquals(0, frame.readLong());
        assertEquals(30_000, frame.readInt());
        assertEquals(0, frame.readLong());
        assertEquals(16, frame.readBuffer().length);
        assertFalse(frame.readBoolean());
        assertEquals(0, frame.remaining());
    }

    private static JuteReader body(ByteBuffer frames) {
        byte[] frame = new byte[frames.getInt()];
        frames.get(frame);
        return JuteReader.of(frame);
    }
}
