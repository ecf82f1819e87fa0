package io.zookit.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.model.Acl;
import io.zookit.model.ErrorCode;
import io.zookit.model.Id;
import io.zookit.model.Stat;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class JuteTest {
    private final JuteWriter writer = new JuteWriter(1);

    private JuteReader written() {
        return JuteReader.of(writer.toByteArray());
    }

    @Test
    void whatIsWrittenIsRead() {
        writer.writeByte(-3);
        writer.writeBoolean(true);
        writer.writeInt(Integer.MIN_VALUE);
        writer.writeLong(Long.MAX_VALUE);
        writer.writeString("/a\u00e9\u20ac");
        writer.writeString(null);
        writer.writeBuffer(new byte[] {1, 2});
        writer.writeBuffer(null);
        writer.writeBuffer(new byte[0]);
        writer.writeStrings(List.of("x", ""));
        writer.writeAcls(List.of(new Acl(31, Id.ANYONE)));
        JuteReader reader = written();
        assertEquals(-3, reader.readByte());
        assertTrue(reader.readBoolean());
        assertEquals(Integer.MIN_VALUE, reader.readInt());
        assertEquals(Long.MAX_VALUE, reader.readLong());
        assertEquals("/a\u00e9\u20ac", reader.readString());
        assertNull(reader.readString());
        assertArrayEquals(new byte[] {1, 2}, reader.readBuffer());
        assertNull(reader.readBuffer());
        assertArrayEquals(new byte[0], reader.readBuffer());
        assertEquals(List.of("x", ""), reader.readStrings());
        assertEquals(Acl.OPEN_UNSAFE, reader.readAcls());
        assertEquals(0, reader.remaining());
    }

    @Test
    void integersAreBigEndianAndASupplementaryCharacterHasFourBytes() {
        writer.writeInt(0x01020304);
        writer.writeString("\ud83d\ude00");
        assertEquals("0102030400000004f09f9880", HexFormat.of().formatHex(writer.toByteArray()));
    }

    @Test
    void whatIsReadIsWrittenAgain() {
        for (String text : List.of("a\ud83d\ude00b", "\ud800\udc00", "\udbff\udfff", "\u07ff\u0800\uffff", "\ufffd")) {
            writer.clear();
            writer.writeString(text);
            assertEquals(text, JuteReader.of(writer.toByteArray()).readString());
        }
    }

    @Test
    void halfACharacterBecomesAReplacement() {
        writer.writeString("a\ud83d" + "b\ude00");
        assertEquals("a\ufffdb\ufffd", JuteReader.of(writer.toByteArray()).readString());
    }

    @Test
    void aStatIsSixtyEightBytes() {
        writer.writeStat(new Stat(1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11));
        assertEquals(68, writer.size());
    }

    @Test
    void aFrameKnowsItsLengthAndEventsGoInBeforeIt() {
        writer.writeByte(9);
        int frame = writer.beginFrame();
        ReplyHeader.write(writer, 7, 8, ErrorCode.NO_NODE);
        writer.endFrame(frame);
        JuteWriter earlier = new JuteWriter(2);
        earlier.writeInt(0x0a0b0c0d);
        writer.insert(frame, earlier);
        assertEquals(
                "090a0b0c0d00000010000000070000000000000008ffffff9b",
                HexFormat.of().formatHex(writer.toByteArray()));
    }

    @Test
    void claimedLengthsAllocateNothing() {
        for (int claimed : new int[] {Integer.MAX_VALUE, -2, 5}) {
            writer.clear();
            writer.writeInt(claimed);
            writer.writeInt(0);
            assertThrows(WireFormatException.class, () -> written().readBuffer());
            assertThrows(WireFormatException.class, () -> written().readString());
        }
        writer.clear();
        writer.writeInt(Integer.MAX_VALUE);
        assertThrows(WireFormatException.class, () -> written().readStrings());
        assertThrows(WireFormatException.class, () -> written().readAcls());
    }

    @Test
    void negativeCountsAreNullOrEmpty() {
        writer.writeInt(-1);
        assertEquals(-1, written().readVectorCount(4));
        writer.clear();
        writer.writeInt(-7);
        assertEquals(0, written().readVectorCount(4));
        assertEquals(List.of(), written().readAcls());
    }

    @Test
    void aTruncatedValueIsRefusedAtEveryByte() {
        writer.writeLong(1);
        writer.writeString("abc");
        byte[] whole = writer.toByteArray();
        for (int length = 0; length < whole.length; length++) {
            JuteReader reader = JuteReader.of(Arrays.copyOf(whole, length));
            assertThrows(WireFormatException.class, () -> {
                reader.readLong();
                reader.readString();
            });
        }
    }

    @Test
    void aConnectRequestMayLackItsLastByte() {
        writer.writeInt(0);
        writer.writeLong(5);
        writer.writeInt(10_000);
        writer.writeLong(77);
        writer.writeBuffer(null);
        ConnectRequest old = ConnectRequest.read(written());
        assertEquals(77, old.sessionId());
        assertEquals(0, old.password().length);
        assertTrue(!old.hasReadOnly() && !old.readOnly());
        writer.writeBoolean(true);
        writer.writeInt(99);
        ConnectRequest current = ConnectRequest.read(written());
        assertTrue(current.hasReadOnly() && current.readOnly(), "and bytes after it are ignored");
    }

    @Test
    void anyBytesAreATransactionOrOneTypedError() {
        long seed = 42;
        SplittableRandom random = new SplittableRandom(seed);
        int refused = 0;
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = new byte[random.nextInt(120)];
            for (int b = 0; b < bytes.length; b++) {
                bytes[b] = (byte) (random.nextInt(4) == 0 ? random.nextInt(256) : random.nextInt(24));
            }
            if (bytes.length > 32) {
                bytes[28] = 0;
                bytes[29] = 0;
                bytes[30] = 0;
            }
            try {
                TxnCodec.read(JuteReader.of(bytes));
            } catch (WireFormatException expected) {
                refused++;
            } catch (RuntimeException | Error escaped) {
                throw new AssertionError("seed " + seed + ", run " + i, escaped);
            }
        }
        assertTrue(refused > 1_000);
    }
}
