package io.zookit.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.model.Acl;
import io.zookit.model.OpCode;
import io.zookit.model.PersistedStat;
import io.zookit.model.Txn;
import io.zookit.model.TxnHeader;
import io.zookit.model.ZnodePath;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SnapshotWalkTest {
    private final DataTree tree = new DataTree(new TreeOptions(true, true));
    private long zxid;

    /** Collects what is captured, and fails on a znode that comes twice or before its parent. */
    private static final class Collected implements NodeCapture {
        private final TreeModel model = new TreeModel();

        @Override
        public void node(
                String path, byte[] content, int dataOffset, int dataLength, List<Acl> acl, PersistedStat stat) {
            byte[] data = dataLength < 0 ? null : Arrays.copyOfRange(content, dataOffset, dataOffset + dataLength);
            assertNull(model.nodes.put(path, new TreeModel.Node(stat, data, acl)), path + " came twice");
            assertTrue(
                    path.equals("/") || model.nodes.containsKey(ZnodePath.parent(path)), path + " before its parent");
        }
    }

    private void apply(Txn txn) {
        zxid++;
        tree.apply(new TxnHeader(1, 0, zxid, zxid), txn, TreeListener.NONE);
    }

    private void create(String path) {
        PendingZnode parent = tree.find(ZnodePath.parent(path));
        apply(new Txn.Create(OpCode.CREATE, path, path.getBytes(), Acl.OPEN_UNSAFE, false, 0, parent.cversion() + 1));
    }

    private void delete(String path) {
        apply(new Txn.Delete(OpCode.DELETE, path));
    }

    private static void finish(SnapshotWalk walk, int nodesMax) {
        while (!walk.step(nodesMax)) {
            assertFalse(walk.isComplete());
        }
        assertTrue(walk.isComplete());
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {21, 22, 23, 24, 25, 26})
    void amongRandomChangesCapturesTheTreeAsItWasAtTheStart(long seed) {
        Random random = new Random(seed);
        DataTree changing = new DataTree(new TreeOptions(true, true, seed));
        Transactions transactions = new Transactions(random, 0, changing::find);
        for (int round = 0; round < 60; round++) {
            int changesBefore = random.nextInt(round == 0 ? 2000 : 200);
            for (int i = 0; i < changesBefore; i++) {
                changing.apply(transactions.nextHeader(), next(random, transactions, changing), TreeListener.NONE);
            }
            Collected collected = new Collected();
            TreeModel atStart = TreeModel.of(changing);
            long digest = changing.digest();
            SnapshotWalk walk = changing.startWalk(collected);
            assertEquals(changing.lastZxid(), walk.zxid());
            boolean given = random.nextInt(4) == 0;
            int changesPerStep = random.nextInt(10);
            for (int step = 0; !walk.step(1 + random.nextInt(5)) && !(given && step == 10); step++) {
                for (int i = 0; i < changesPerStep; i++) {
                    changing.apply(transactions.nextHeader(), next(random, transactions, changing), TreeListener.NONE);
                }
            }
            if (walk.isComplete()) {
                assertEquals(atStart.nodes, collected.model.nodes);
                assertEquals(digest, walk.digest());
                assertEquals(digest, collected.model.digest());
            }
            walk.abort();
        }
        RandomHistoryTest.compareWhole(changing, TreeModel.of(changing));
    }

    private static Txn next(Random random, Transactions transactions, DataTree changing) {
        int kind = random.nextInt(40);
        if (kind == 0) {
            return new Txn.CloseSession(null);
        } else if (kind == 1) {
            // No leader would delete a znode with children, but a replay does.
            return new Txn.Delete(OpCode.DELETE, transactions.path());
        } else if (kind == 2) {
            return new Txn.Multi(List.of(transactions.next(), transactions.next()));
        }
        return transactions.next();
    }

    @Test
    void directoriesThatGrowManyTimesOverAreCapturedOnce() {
        for (int i = 0; i < 10; i++) {
            create("/d" + i);
            create("/d" + i + "/x");
        }
        TreeModel atStart = TreeModel.of(tree);
        Collected collected = new Collected();
        SnapshotWalk walk = tree.startWalk(collected);
        walk.step(1);
        for (int i = 0; !walk.step(1); i++) {
            for (int j = 0; j < 100; j++) {
                create("/new-" + i + "-" + j);
            }
        }
        assertEquals(atStart.nodes, collected.model.nodes);
    }

    @Test
    void directoriesThatAreEmptiedAndFilledAgainAreCapturedAsTheyWere() {
        create("/d");
        for (int i = 0; i < 3000; i++) {
            create("/d/" + i);
        }
        TreeModel atStart = TreeModel.of(tree);
        for (int stepsBefore : new int[] {0, 1, 10, 300, 2000}) {
            Collected collected = new Collected();
            SnapshotWalk walk = tree.startWalk(collected);
            for (int i = 0; i < stepsBefore; i++) {
                walk.step(1);
            }
            for (int i = 0; i < 3000; i++) {
                delete("/d/" + i);
            }
            delete("/d");
            create("/d");
            for (int i = 0; i < 3000; i++) {
                create("/d/" + i);
            }
            finish(walk, 100);
            assertEquals(atStart.nodes, collected.model.nodes, "after " + stepsBefore + " steps");
            atStart = TreeModel.of(tree);
        }
    }

    @Test
    void aDirectoryThatShrinksUnderTheWalkLosesNothing() {
        create("/d");
        for (int i = 0; i < 3000; i++) {
            create("/d/" + i);
        }
        TreeModel atStart = TreeModel.of(tree);
        Collected collected = new Collected();
        SnapshotWalk walk = tree.startWalk(collected);
        walk.step(3000);
        for (int i = 0; i < 3000; i++) {
            if (i % 10 != 0) {
                delete("/d/" + i);
            }
        }
        finish(walk, 100);
        assertEquals(atStart.nodes, collected.model.nodes);
    }

    @Test
    void aChangeDeepBelowCapturesItsAncestorsFirst() {
        create("/a");
        create("/a/b");
        create("/a/b/c");
        TreeModel atStart = TreeModel.of(tree);
        Collected collected = new Collected();
        SnapshotWalk walk = tree.startWalk(collected);
        apply(new Txn.SetData(OpCode.SET_DATA, "/a/b/c", new byte[] {9}, 1));
        assertEquals(List.of("/", "/a", "/a/b", "/a/b/c"), List.copyOf(collected.model.nodes.keySet()));
        finish(walk, 1);
        assertEquals(atStart.nodes, collected.model.nodes);
    }

    @Test
    void aStepLooksAtNoMoreThanItMayAndOnePage() {
        create("/d");
        for (int i = 0; i < 5000; i++) {
            create("/d/" + i);
        }
        Collected collected = new Collected();
        SnapshotWalk walk = tree.startWalk(collected);
        int largest = 0;
        int before = 0;
        while (!walk.step(20)) {
            largest = Math.max(largest, collected.model.nodes.size() - before);
            before = collected.model.nodes.size();
        }
        assertTrue(largest <= 20 + 512, "captured in one step: " + largest);
    }

    @Test
    void theConfigurationIsCapturedBeforeItIsStored() {
        TreeModel atStart = TreeModel.of(tree);
        Collected collected = new Collected();
        SnapshotWalk walk = tree.startWalk(collected);
        tree.storeConfig(new byte[] {1}, 5, 6, TreeListener.NONE);
        finish(walk, 10);
        assertEquals(atStart.nodes, collected.model.nodes);
    }

    @Test
    void onlyOneWalkAtATimeAndNoLoadDuringIt() {
        SnapshotWalk walk = tree.startWalk(new Collected());
        assertThrows(IllegalStateException.class, () -> tree.startWalk(new Collected()));
        assertThrows(IllegalStateException.class, tree::startLoad);
        walk.abort();
        assertThrows(IllegalStateException.class, () -> walk.step(1));
        SnapshotWalk second = tree.startWalk(new Collected());
        walk.abort();
        finish(second, 1);
        second.abort();
        assertTrue(second.step(1), "a complete walk stays complete");
    }

    @Test
    void marksOfManyAbortedWalksDoNotHideAZnodeFromALaterOne() {
        for (int i = 0; i < 50; i++) {
            create("/n" + i);
        }
        TreeModel expected = TreeModel.of(tree);
        for (int aborted = 0; aborted < 3 * ZnodeStore.WALK_NUMBERS; aborted++) {
            SnapshotWalk walk = tree.startWalk(new Collected());
            walk.step(1 + aborted % 60);
            walk.abort();
            if (aborted % 40 == 0) {
                Collected collected = new Collected();
                finish(tree.startWalk(collected), 1000);
                assertEquals(expected.nodes, collected.model.nodes);
            }
        }
        for (int i = 0; i < ZnodeStore.WALK_NUMBERS * 2; i++) {
            SnapshotWalk walk = tree.startWalk(new Collected());
            walk.step(i == 0 ? 30 : 1);
            walk.abort();
        }
        Collected collected = new Collected();
        finish(tree.startWalk(collected), 1000);
        assertEquals(expected.nodes, collected.model.nodes);
    }
}
