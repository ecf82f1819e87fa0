package io.zookit.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.model.Acl;
import io.zookit.model.EphemeralOwner;
import io.zookit.model.PersistedStat;
import io.zookit.model.Txn;
import io.zookit.model.TxnHeader;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TreeLoaderTest {
    private static final PersistedStat STAT = new PersistedStat(3, 4, 5, 6, 7, 8, 9, 0, 10);
    private static final TxnHeader HEADER = new TxnHeader(1, 1, 1, 1);

    private final DataTree tree = new DataTree(new TreeOptions(true, true));

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {41, 42, 43})
    void whatAWalkCapturedIsTheSameTreeAgain(long seed) {
        Random random = new Random(seed);
        Transactions transactions = new Transactions(random, 0, tree::find);
        for (int i = 0; i < 1000; i++) {
            tree.apply(transactions.nextHeader(), transactions.next(), TreeListener.NONE);
        }
        DataTree copy = new DataTree(new TreeOptions(true, true, seed));
        TreeLoader loader = copy.startLoad();
        SnapshotWalk walk = tree.startWalk((path, content, offset, length, acl, stat) ->
                loader.load(path, length < 0 ? null : ByteBuffer.wrap(content, offset, length), acl, stat));
        while (!walk.step(7)) {
            assertEquals(0, copy.lastZxid());
        }
        loader.finish(walk.zxid());
        RandomHistoryTest.compareWhole(copy, TreeModel.of(tree));
        assertEquals(tree.digest(), copy.digest());
        assertEquals(tree.lastZxid(), copy.lastZxid());
        for (long session : Transactions.SESSIONS) {
            assertEquals(
                    List.copyOf(new java.util.TreeSet<>(tree.ephemerals(session))),
                    List.copyOf(new java.util.TreeSet<>(copy.ephemerals(session))));
        }
    }

    @Test
    void theFreshZnodesAreReplaced() {
        TreeLoader loader = tree.startLoad();
        ByteBuffer data = ByteBuffer.wrap(new byte[] {0, 1, 2, 3}, 1, 2);
        loader.load("", data, Acl.READ_UNSAFE, STAT);
        loader.load("/a", null, Acl.OPEN_UNSAFE, STAT);
        loader.finish(77);
        assertEquals(2, data.remaining(), "the buffer is the caller's");
        assertEquals(2, tree.nodeCount());
        assertEquals(77, tree.lastZxid());
        Znode root = tree.find("/");
        assertEquals(STAT, root.persistedStat());
        assertArrayEquals(new byte[] {1, 2}, TreeModel.data(root));
        assertEquals(Acl.READ_UNSAFE, root.acl());
        assertEquals(-1, tree.find("/a").dataLength());
        assertEquals(0, tree.find("/a").stat().dataLength());
        assertEquals(STAT, tree.find("/a").persistedStat());
        assertNull(tree.find("/zookeeper"));
        assertEquals(TreeModel.of(tree).digest(), tree.digest());
    }

    @Test
    void ownersAreIndexed() {
        TreeLoader loader = tree.startLoad();
        loader.load("/", null, Acl.OPEN_UNSAFE, STAT);
        loader.load("/e", null, Acl.OPEN_UNSAFE, new PersistedStat(1, 1, 1, 1, 0, 0, 0, 99, 1));
        loader.load("/c", null, Acl.OPEN_UNSAFE, new PersistedStat(1, 1, 1, 1, 0, 0, 0, EphemeralOwner.CONTAINER, 1));
        loader.load("/t", null, Acl.OPEN_UNSAFE, new PersistedStat(1, 1, 1, 1, 0, 0, 0, EphemeralOwner.ofTtl(5), 1));
        loader.finish(1);
        assertEquals(List.of("/e"), List.copyOf(tree.ephemerals(99)));
        assertEquals(List.of("/c"), List.copyOf(tree.containers()));
        assertEquals(List.of("/t"), List.copyOf(tree.ttlZnodes()));
        assertTrue(tree.find("/e").isEphemeral());
    }

    @ParameterizedTest
    @ValueSource(strings = {"/a/b", "/missing/b/c", "no-slash", "/a//", "//", "/a/"})
    void aZnodeWithoutItsParentIsRefused(String path) {
        TreeLoader loader = tree.startLoad();
        loader.load("/", null, Acl.OPEN_UNSAFE, STAT);
        BrokenSnapshotException thrown =
                assertThrows(BrokenSnapshotException.class, () -> loader.load(path, null, Acl.OPEN_UNSAFE, STAT));
        assertTrue(thrown.getMessage().contains(path), thrown.getMessage());
    }

    @Test
    void nothingComesBeforeTheRootAndNothingTwice() {
        TreeLoader loader = tree.startLoad();
        assertThrows(BrokenSnapshotException.class, () -> loader.load("/a", null, Acl.OPEN_UNSAFE, STAT));
        assertThrows(BrokenSnapshotException.class, () -> loader.finish(1));
        loader.load("/", null, Acl.OPEN_UNSAFE, STAT);
        loader.load("/a", null, Acl.OPEN_UNSAFE, STAT);
        assertThrows(BrokenSnapshotException.class, () -> loader.load("/a", null, Acl.OPEN_UNSAFE, STAT));
        assertThrows(BrokenSnapshotException.class, () -> loader.load("", null, Acl.OPEN_UNSAFE, STAT));
        loader.finish(1);
    }

    @Test
    void afterAFailureAnOlderSnapshotCanBeLoaded() {
        TreeLoader broken = tree.startLoad();
        broken.load("/", null, Acl.OPEN_UNSAFE, STAT);
        TreeLoader older = tree.startLoad();
        older.load("/", null, Acl.OPEN_UNSAFE, STAT);
        assertThrows(IllegalStateException.class, () -> broken.finish(9));
        older.finish(5);
        assertEquals(5, tree.lastZxid());
        assertEquals(1, tree.nodeCount());
    }

    @Test
    void nothingIsAppliedOrWalkedWhileLoading() {
        TreeLoader loader = tree.startLoad();
        loader.load("/", null, Acl.OPEN_UNSAFE, STAT);
        Txn txn = new Txn.Rejected(-1);
        assertThrows(IllegalStateException.class, () -> tree.apply(HEADER, txn, TreeListener.NONE));
        assertThrows(IllegalStateException.class, () -> tree.startWalk((p, c, o, l, a, s) -> {}));
        assertThrows(IllegalStateException.class, () -> tree.storeConfig(new byte[0], 1, 1, TreeListener.NONE));
        loader.finish(1);
        tree.apply(HEADER, txn, TreeListener.NONE);
    }

    @Test
    void aConfigurationIsStoredAlsoWhereAnOldSnapshotLacksItsZnode() {
        TreeLoader loader = tree.startLoad();
        loader.load("/", null, Acl.OPEN_UNSAFE, STAT);
        loader.load("/zookeeper", null, Acl.OPEN_UNSAFE, STAT);
        loader.finish(1);
        long digest = tree.digest();
        tree.storeConfig(new byte[] {1, 2}, 0x1_0000_0000L, 1234, TreeListener.NONE);
        Znode config = tree.find("/zookeeper/config");
        assertArrayEquals(new byte[] {1, 2}, TreeModel.data(config));
        assertEquals(-1, config.version());
        assertEquals(-1, config.aversion());
        assertEquals(0x1_0000_0000L, config.mzxid());
        assertEquals(1234, config.mtime());
        assertEquals(Acl.READ_UNSAFE, config.acl());
        assertEquals(digest, tree.digest());
    }
}
