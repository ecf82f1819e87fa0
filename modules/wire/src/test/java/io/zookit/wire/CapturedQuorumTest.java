package io.zookit.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Apache ZooKeeper 3.9.5 servers sent each other on their quorum ports decodes, and encodes to the same bytes. */
class CapturedQuorumTest {
    private static final int DATA_BYTES_MAX = 1 << 20;
    private static final byte[] SNAPSHOT_END = "\0\0\0\nBenWasHere".getBytes(StandardCharsets.ISO_8859_1);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "follower-diff-15txns",
                "follower-emptydiff-then-broadcast-and-reconfig",
                "follower-rejects-lower-epoch",
                "follower-requests-sync-sessionmoved-revalidate",
                "follower-snap",
                "follower-trunc",
                "joiner-nonvoting-snap-then-reconfig",
                "observer-diff-inform-revalidate",
                "observer-inform-informandactivate",
                "sasl-digest-md5-follower"
            })
    void everyMessageKeepsItsBytes(String name) throws IOException {
        for (String direction : List.of("c2s", "s2c")) {
            byte[] captured = captured(name + "." + direction + ".bin");
            ByteBuffer bytes = ByteBuffer.wrap(captured);
            JuteWriter writer = new JuteWriter(4096);
            copyAuthentication(bytes, writer);
            int messages = 0;
            while (bytes.hasRemaining()) {
                QuorumMessage message = QuorumCodec.read(bytes, DATA_BYTES_MAX);
                QuorumCodec.write(writer, message);
                messages++;
                assertFalse(message instanceof QuorumMessage.Unknown);
                if (message instanceof QuorumMessage.Snap) {
                    copySnapshot(bytes, writer);
                }
            }
            assertTrue(messages > 0);
            assertArrayEquals(captured, writer.toByteArray());
        }
    }

    @Test
    void aHandshakeSaysWhatItSaid() throws IOException {
        List<QuorumMessage> learner = messages("follower-trunc.c2s.bin");
        List<QuorumMessage> leader = messages("follower-trunc.s2c.bin");

        assertEquals(new QuorumMessage.FollowerInfo(2, new LearnerInfo(2, 0x10000, 0)), learner.get(0));
        assertEquals(new QuorumMessage.LeaderInfo(2, 0x10000), leader.get(0));
        assertEquals(new QuorumMessage.AckEpoch(0x200000010L, -1), learner.get(1));
        assertEquals(new QuorumMessage.Trunc(0x20000000fL), leader.get(1));
        assertEquals(2, ((QuorumMessage.NewLeader) leader.get(2)).epoch());
        assertEquals(new QuorumMessage.Ack(0x200000000L), learner.get(2));
        assertEquals(new QuorumMessage.UpToDate(), leader.get(3));
    }

    /** A stream has no frames: however it is cut, the same messages come out, and nothing is taken before it is whole. */
    @Test
    void aStreamMayBeCutAnywhere() throws IOException {
        byte[] captured = captured("follower-requests-sync-sessionmoved-revalidate.c2s.bin");
        ByteBuffer bytes = ByteBuffer.wrap(captured);
        JuteWriter writer = new JuteWriter(4096);
        int start = 0;
        for (int end = 0; end <= captured.length; end++) {
            bytes.position(start).limit(end);
            QuorumMessage message = QuorumCodec.read(bytes, DATA_BYTES_MAX);
            if (message == null) {
                assertEquals(start, bytes.position());
            } else {
                assertEquals(end, bytes.position());
                QuorumCodec.write(writer, message);
                start = end;
            }
        }
        assertArrayEquals(captured, writer.toByteArray());
    }

    @Test
    void lengthsAreJudgedBeforeTheBytesAreThere() {
        ByteBuffer data = ByteBuffer.allocate(16)
                .putInt(2)
                .putLong(1)
                .putInt(DATA_BYTES_MAX + 1)
                .flip();
        assertThrows(WireFormatException.class, () -> QuorumCodec.read(data, DATA_BYTES_MAX));

        ByteBuffer negative =
                ByteBuffer.allocate(16).putInt(2).putLong(1).putInt(-2).flip();
        assertThrows(WireFormatException.class, () -> QuorumCodec.read(negative, DATA_BYTES_MAX));

        ByteBuffer ids = ByteBuffer.allocate(20)
                .putInt(1)
                .putLong(-1)
                .putInt(-1)
                .putInt(1 << 20)
                .flip();
        assertThrows(WireFormatException.class, () -> QuorumCodec.read(ids, DATA_BYTES_MAX));
    }

    @Test
    void dataThatIsMissingOrShortIsRefused() {
        for (int type : new int[] {1, 2, 6, 8, 9, 11, 16, 17, 18, 19}) {
            ByteBuffer bytes = ByteBuffer.allocate(23).putInt(type).putLong(0).putInt(3);
            bytes.put(new byte[3]).putInt(-1).flip();
            boolean anything = type == 2 || type == 8;
            if (!anything) {
                assertThrows(WireFormatException.class, () -> QuorumCodec.read(bytes, DATA_BYTES_MAX), "type " + type);
            }
        }
        for (int type : new int[] {1, 2, 6, 8, 9, 17, 18, 19}) {
            ByteBuffer bytes = ByteBuffer.allocate(20)
                    .putInt(type)
                    .putLong(0)
                    .putInt(-1)
                    .putInt(-1)
                    .flip();
            assertThrows(WireFormatException.class, () -> QuorumCodec.read(bytes, DATA_BYTES_MAX), "type " + type);
        }
    }

    @Test
    void learnersOfOldVersionsIntroduceThemselvesShorter() {
        assertEquals(new LearnerInfo(-1, 1, 0), info(null));
        assertEquals(new LearnerInfo(5, 1, 0), info(new byte[] {0, 0, 0, 0, 0, 0, 0, 5}));
        assertEquals(new LearnerInfo(5, 0x10000, 0), info(new byte[] {0, 0, 0, 0, 0, 0, 0, 5, 0, 1, 0, 0}));
    }

    @Test
    void unknownTypesAreReadOver() {
        ByteBuffer bytes = ByteBuffer.allocate(20)
                .putInt(77)
                .putLong(0)
                .putInt(-1)
                .putInt(-1)
                .flip();
        assertEquals(new QuorumMessage.Unknown(77), QuorumCodec.read(bytes, DATA_BYTES_MAX));
        assertNull(QuorumCodec.read(bytes, DATA_BYTES_MAX));
    }

    /** Any bytes give messages, a call for more, or one kind of exception. */
    @Test
    void anyBytesAreReadOrRefused() {
        long seed = 20_260_801;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            byte[] noise = new byte[random.nextInt(80)];
            random.nextBytes(noise);
            if (noise.length >= 16 && random.nextBoolean()) {
                Arrays.fill(noise, 0, 3, (byte) 0);
                noise[3] = (byte) random.nextInt(21);
                Arrays.fill(noise, 12, 15, (byte) 0);
                noise[15] = (byte) random.nextInt(30);
            }
            ByteBuffer bytes = ByteBuffer.wrap(noise);
            try {
                while (QuorumCodec.read(bytes, 64) != null) {
                    assertTrue(bytes.position() <= noise.length);
                }
            } catch (WireFormatException refused) {
                assertTrue(refused.getMessage().length() > 10, () -> "seed " + seed);
            }
        }
    }

    private static LearnerInfo info(byte[] data) {
        return LearnerInfo.read(data);
    }

    private static List<QuorumMessage> messages(String file) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap(captured(file));
        List<QuorumMessage> messages = new ArrayList<>();
        while (bytes.hasRemaining()) {
            messages.add(QuorumCodec.read(bytes, DATA_BYTES_MAX));
        }
        return messages;
    }

    private static void copyAuthentication(ByteBuffer bytes, JuteWriter writer) {
        while (bytes.getLong(bytes.position()) == QuorumAuthPacket.MAGIC) {
            QuorumAuthPacket.read(new JuteReader(bytes)).write(writer);
        }
    }

    private static void copySnapshot(ByteBuffer bytes, JuteWriter writer) {
        int start = bytes.position();
        byte[] array = bytes.array();
        int end = start;
        while (!Arrays.equals(array, end, end + SNAPSHOT_END.length, SNAPSHOT_END, 0, SNAPSHOT_END.length)) {
            end++;
        }
        end += SNAPSHOT_END.length;
        writer.writeRaw(array, start, end - start);
        bytes.position(end);
    }

    private static byte[] captured(String file) throws IOException {
        try (InputStream in = CapturedQuorumTest.class.getResourceAsStream("/vectors/quorum/" + file)) {
            return in.readAllBytes();
        }
    }
}
