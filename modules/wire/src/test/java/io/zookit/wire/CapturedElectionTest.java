package io.zookit.wire;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What Apache ZooKeeper 3.9.5 servers sent each other on their election ports decodes, and encodes to the same bytes. */
class CapturedElectionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "dial-by-smaller-sid-1to2-dropped",
                "first-election-2to1",
                "first-election-3to1",
                "first-election-3to2",
                "late-voter-joins-3to1",
                "late-voter-joins-3to2-leader",
                "observer-joins-running-4to1-follower",
                "observer-joins-running-4to3-leader",
                "sasl-digest-md5-2to1"
            })
    void everyMessageKeepsItsBytes(String name) throws IOException {
        byte[] dialed = captured(name + ".c2s.bin");
        JuteReader reader = JuteReader.of(dialed);
        JuteWriter writer = new JuteWriter(1024);
        ElectionGreeting.read(reader).write(writer);
        copyRest(reader, dialed, writer);
        assertArrayEquals(dialed, writer.toByteArray());

        if (!name.startsWith("dial-by-smaller")) {
            byte[] answered = captured(name + ".s2c.bin");
            writer.clear();
            copyRest(JuteReader.of(answered), answered, writer);
            assertArrayEquals(answered, writer.toByteArray());
        }
    }

    @Test
    void votesSayWhatTheySaid() throws IOException {
        byte[] answered = captured("late-voter-joins-3to2-leader.s2c.bin");
        JuteReader reader = JuteReader.of(answered);
        reader.readInt();
        ElectionNotification.read(JuteReader.of(reader.readRaw(222)));
        reader.readInt();
        ElectionNotification vote = ElectionNotification.read(JuteReader.of(reader.readRaw(222)));

        assertEquals(PeerState.LEADING, vote.state());
        assertEquals(2, vote.leader());
        assertEquals(0, vote.zxid());
        assertEquals(1, vote.round());
        assertEquals(1, vote.peerEpoch());
        assertEquals(2, vote.version());
        assertTrue(new String(vote.config()).endsWith("\nversion=0"));
    }

    @Test
    void aGreetingMayComeInPieces() throws IOException {
        byte[] dialed = captured("dial-by-smaller-sid-1to2-dropped.c2s.bin");
        for (int i = 0; i < dialed.length; i++) {
            assertNull(ElectionGreeting.read(JuteReader.of(Arrays.copyOf(dialed, i))));
        }
        ElectionGreeting greeting = ElectionGreeting.read(JuteReader.of(dialed));
        assertEquals(new ElectionGreeting(ElectionGreeting.ONE_ADDRESS, 1, List.of("127.0.0.1:24061")), greeting);
    }

    @Test
    void aGreetingMayHoldSeveralAddressesOrNone() {
        for (ElectionGreeting greeting : List.of(
                new ElectionGreeting(ElectionGreeting.ADDRESSES, 3, List.of("10.0.0.1:3888", "[::1]:3888")),
                new ElectionGreeting(0, 3, List.of()))) {
            JuteWriter writer = new JuteWriter(64);
            greeting.write(writer);
            assertEquals(greeting, ElectionGreeting.read(JuteReader.of(writer.toByteArray())));
        }
    }

    @Test
    void aGreetingOfAnotherKindIsRefused() {
        for (long first : new long[] {-1, -65534, Long.MIN_VALUE}) {
            byte[] bytes = ByteBuffer.allocate(8).putLong(first).array();
            assertThrows(WireFormatException.class, () -> ElectionGreeting.read(JuteReader.of(bytes)));
        }
        for (int length : new int[] {-1, 0, 2049}) {
            byte[] bytes = ByteBuffer.allocate(20)
                    .putLong(-65536)
                    .putLong(1)
                    .putInt(length)
                    .array();
            assertThrows(WireFormatException.class, () -> ElectionGreeting.read(JuteReader.of(bytes)));
        }
    }

    /** The length of the payload says how old the sender is. */
    @Test
    void votesOfEveryVersionAreRead() {
        ElectionNotification oldest = read(ByteBuffer.allocate(28)
                .putInt(1)
                .putLong(2)
                .putLong(0x300000004L)
                .putLong(5));
        assertEquals(
                new ElectionNotification(
                        PeerState.FOLLOWING, 2, 0x300000004L, 5, 3, ElectionNotification.WITHOUT_VERSION, null),
                oldest);
        ElectionNotification unversioned = read(ByteBuffer.allocate(40)
                .putInt(0)
                .putLong(2)
                .putLong(7)
                .putLong(5)
                .putLong(6)
                .putInt(0x77));
        assertEquals(new ElectionNotification(PeerState.LOOKING, 2, 7, 5, 6, 0, null), unversioned);
        ByteBuffer first = ByteBuffer.allocate(44)
                .putInt(3)
                .putLong(2)
                .putLong(7)
                .putLong(5)
                .putLong(6)
                .putInt(1);
        assertEquals(new ElectionNotification(PeerState.OBSERVING, 2, 7, 5, 6, 1, null), read(first));
    }

    @Test
    void votesOfNoVersionAreRefused() {
        for (int length = 0; length < 200; length++) {
            byte[] bytes = new byte[length];
            Arrays.fill(bytes, (byte) 0xee);
            assertThrows(WireFormatException.class, () -> ElectionNotification.read(JuteReader.of(bytes)));
        }
        ByteBuffer config = ByteBuffer.allocate(44)
                .putInt(0)
                .putLong(2)
                .putLong(7)
                .putLong(5)
                .putLong(6)
                .putInt(2);
        config.putInt(40, 1000);
        assertThrows(WireFormatException.class, () -> read(config));
    }

    private static ElectionNotification read(ByteBuffer bytes) {
        return ElectionNotification.read(JuteReader.of(bytes.array()));
    }

    private static void copyRest(JuteReader reader, byte[] bytes, JuteWriter writer) {
        List<ElectionNotification> votes = new ArrayList<>();
        while (reader.remaining() > 0) {
            int start = bytes.length - reader.remaining();
            if (ByteBuffer.wrap(bytes).getInt(start) == (int) (QuorumAuthPacket.MAGIC >> 32)) {
                QuorumAuthPacket.read(reader).write(writer);
                continue;
            }
            ElectionNotification vote = ElectionNotification.read(JuteReader.of(reader.readRaw(reader.readInt())));
            int frame = writer.beginFrame();
            vote.write(writer);
            writer.endFrame(frame);
            votes.add(vote);
        }
        assertTrue(votes.size() < 10);
    }

    private static byte[] captured(String file) throws IOException {
        try (InputStream in = CapturedElectionTest.class.getResourceAsStream("/vectors/election/" + file)) {
            return in.readAllBytes();
        }
    }
}
