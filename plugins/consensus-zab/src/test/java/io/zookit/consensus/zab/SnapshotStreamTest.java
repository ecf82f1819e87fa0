package io.zookit.consensus.zab;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.model.Acl;
import io.zookit.model.Id;
import io.zookit.model.PersistedStat;
import io.zookit.spi.storage.SnapshotSink;
import io.zookit.spi.storage.SnapshotWriter;
import io.zookit.spi.storage.Storage;
import io.zookit.storage.memory.MemoryStorageProvider;
import io.zookit.tree.DataTree;
import io.zookit.tree.TreeLoader;
import io.zookit.tree.TreeOptions;
import io.zookit.wire.JuteWriter;
import io.zookit.wire.WireFormatException;
import io.zookit.zab.Membership;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The stream after a SNAP packet, there and back. */
class SnapshotStreamTest {
    private static final PersistedStat STAT = new PersistedStat(1, 2, 3, 4, 5, 6, 7, 8, 9);
    private static final List<Acl> MINE = List.of(new Acl(31, new Id("digest", "me:hash")), new Acl(1, Id.ANYONE));

    /** Everything as text, so that it can be compared. */
    private static final class Written implements SnapshotSink {
        private final List<String> lines = new ArrayList<>();

        @Override
        public void session(long id, int timeoutMillis) {
            lines.add("session " + id + " " + timeoutMillis);
        }

        @Override
        public void node(String path, @Nullable ByteBuffer data, List<Acl> acl, PersistedStat stat) {
            byte[] bytes = data == null ? null : new byte[data.remaining()];
            if (bytes != null) {
                data.duplicate().get(bytes);
            }
            lines.add(path + " " + Arrays.toString(bytes) + " " + acl + " " + stat);
        }

        @Override
        public void end(@Nullable Long digest) {
            lines.add("end");
        }
    }

    private static byte[] streamed(Storage storage, long zxid) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new SnapshotStream(new PacketOutput(bytes)).write(storage.snapshots(), zxid);
        return bytes.toByteArray();
    }

    private static Written read(byte[] bytes) throws IOException {
        Written written = new Written();
        new SnapshotIntake(new ByteIntake(new ByteArrayInputStream(bytes))).read(written);
        return written;
    }

    private static byte[] sample() throws IOException {
        try (Storage storage =
                new MemoryStorageProvider().create(new ServerSurroundings(Path.of("snapshot"), Map.of()))) {
            storage.open();
            try (SnapshotWriter writer = storage.snapshots().write(17)) {
                writer.session(1, 4000);
                writer.session(-2, 5000);
                writer.node("/", ByteBuffer.allocate(0), Acl.OPEN_UNSAFE, STAT);
                writer.node("/a", ByteBuffer.wrap(new byte[] {1, 2, 3}), MINE, STAT);
                writer.node("/a/ä", null, List.of(), STAT);
                writer.node("/b", ByteBuffer.wrap(new byte[300_000]), MINE, STAT);
                writer.end(null);
            }
            return streamed(storage, 17);
        }
    }

    @Test
    void whatIsWrittenIsRead() throws IOException {
        List<String> lines = read(sample()).lines;
        assertEquals(6, lines.size());
        assertEquals("session 1 4000", lines.get(0));
        assertEquals("session -2 5000", lines.get(1));
        assertEquals("/ [] " + Acl.OPEN_UNSAFE + " " + STAT, lines.get(2));
        assertEquals("/a [1, 2, 3] " + MINE + " " + STAT, lines.get(3));
        assertEquals("/a/ä null [] " + STAT, lines.get(4));
        assertTrue(lines.get(5).startsWith("/b "));
    }

    private static @Nullable Membership membersBehind(String config) throws IOException {
        try (Storage storage =
                new MemoryStorageProvider().create(new ServerSurroundings(Path.of("members"), Map.of()))) {
            storage.open();
            try (SnapshotWriter writer = storage.snapshots().write(17)) {
                writer.node("/", null, Acl.OPEN_UNSAFE, STAT);
                writer.node("/zookeeper/config", UTF_8.encode(config), Acl.READ_UNSAFE, STAT);
                writer.node("/zookeeper/quota", null, Acl.OPEN_UNSAFE, STAT);
                writer.end(null);
            }
            byte[] bytes = streamed(storage, 17);
            return new SnapshotIntake(new ByteIntake(new ByteArrayInputStream(bytes))).read(new Written());
        }
    }

    @Test
    void theMembersAreReadOutOfIt() throws IOException {
        String members = "server.1=a:2888:3888:participant\nserver.2=b:2888:3888:observer\nversion=100000007";
        assertEquals(Membership.parse(members), membersBehind(members));
        assertNull(membersBehind(""), "members that were never changed");
        assertNull(membersBehind("what a superuser has written"));
        assertNull(new SnapshotIntake(new ByteIntake(new ByteArrayInputStream(sample()))).read(new Written()));
    }

    @Test
    void theInitialStateIsThatOfAFreshTree() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        new SnapshotStream(new PacketOutput(bytes)).writeInitial();
        DataTree tree = new DataTree(new TreeOptions(true, true));
        TreeLoader loader = tree.startLoad();
        new SnapshotIntake(new ByteIntake(new ByteArrayInputStream(bytes.toByteArray()))).read(new SnapshotSink() {
            @Override
            public void session(long id, int timeoutMillis) {
                throw new AssertionError("there are no sessions");
            }

            @Override
            public void node(String path, @Nullable ByteBuffer data, List<Acl> acl, PersistedStat stat) {
                loader.load(path, data, acl, stat);
            }

            @Override
            public void end(@Nullable Long digest) {
                throw new AssertionError("the caller ends it");
            }
        });
        loader.finish(0);
        assertEquals(1371985504, tree.digest());
        assertEquals(new DataTree(new TreeOptions(true, true)).nodeCount(), tree.nodeCount());
    }

    @Test
    void aZnodeWhoseListIsMissingIsNobodys() throws IOException {
        byte[] bytes = sample();
        // The number of the only list, where it is defined: after the two sessions and the count of lists.
        int numberAt = 4 + 2 * 12 + 4;
        ByteBuffer.wrap(bytes).putLong(numberAt, 77);
        List<String> lines = read(bytes).lines;
        assertEquals("/a [1, 2, 3] " + Acl.NOBODY + " " + STAT, lines.get(3));
        assertTrue(lines.get(5).startsWith("/b "));
    }

    @Test
    void aStreamThatEndsAnywhereBeforeItsEndIsNone() throws IOException {
        byte[] whole = sample();
        for (int length = 0; length < 500; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThrows(EOFException.class, () -> read(cut));
        }
        assertThrows(EOFException.class, () -> read(Arrays.copyOf(whole, whole.length - 1)));
    }

    @Test
    void aStreamWithOtherLastWordsIsRefused() throws IOException {
        byte[] bytes = sample();
        bytes[bytes.length - 1]++;
        assertThrows(WireFormatException.class, () -> read(bytes));
    }

    @Test
    void impossibleCountsAndLengthsAreRefused() {
        JuteWriter sessions = new JuteWriter(8);
        sessions.writeInt(-5);
        assertThrows(WireFormatException.class, () -> read(sessions.toByteArray()));
        JuteWriter path = new JuteWriter(16);
        path.writeInt(0);
        path.writeInt(0);
        path.writeInt(Integer.MAX_VALUE);
        assertThrows(WireFormatException.class, () -> read(path.toByteArray()));
    }
}
