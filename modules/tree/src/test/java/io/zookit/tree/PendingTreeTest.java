package io.zookit.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.model.Acl;
import io.zookit.model.OpCode;
import io.zookit.model.Txn;
import io.zookit.model.TxnHeader;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingTreeTest {
    private static final long SESSION = 7;

    private final DataTree tree = new DataTree(new TreeOptions(true, true));
    private final PendingTree pending = new PendingTree(tree);

    private static TxnHeader header(long zxid) {
        return new TxnHeader(SESSION, 0, zxid, zxid);
    }

    private static Txn create(String path, int cversion, boolean ephemeral) {
        return new Txn.Create(OpCode.CREATE, path, new byte[] {1}, Acl.OPEN_UNSAFE, ephemeral, 0, cversion);
    }

    private static Txn delete(String path) {
        return new Txn.Delete(OpCode.DELETE, path);
    }

    private static Txn set(String path, int version) {
        return new Txn.SetData(OpCode.SET_DATA, path, null, version);
    }

    private void commit(long zxid, Txn txn) {
        tree.apply(header(zxid), txn, TreeListener.NONE);
        pending.applied(zxid);
    }

    private void both(long zxid, Txn txn) {
        pending.add(header(zxid), txn);
        commit(zxid, txn);
    }

    @Test
    void withNothingPendingItIsTheTree() {
        both(1, create("/a", 1, false));
        assertSame(tree.find("/a"), pending.find("/a"));
        assertNull(pending.find("/b"));
        assertEquals(tree.digest(), pending.digest());
        assertEquals(List.of(), pending.ephemerals(SESSION));
    }

    @Test
    void predictsAZnodeThroughItsWholeLife() {
        pending.add(header(1), create("/a", 1, false));
        PendingZnode created = pending.find("/a");
        assertEquals(1, created.dataLength());
        assertEquals(1, created.czxid());
        assertEquals(2, pending.find("/").childCount());
        assertEquals(1, pending.find("/").cversion());
        pending.add(header(2), set("/a", 1));
        assertEquals(1, pending.find("/a").version());
        assertEquals(-1, pending.find("/a").dataLength());
        pending.add(header(3), new Txn.SetAcl("/a", Acl.READ_UNSAFE, 4));
        assertEquals(4, pending.find("/a").aversion());
        assertEquals(Acl.READ_UNSAFE, pending.find("/a").acl());
        pending.add(header(4), delete("/a"));
        assertNull(pending.find("/a"));
        assertEquals(1, pending.find("/").childCount());
        assertEquals(4, pending.find("/").pzxid());
        assertNull(tree.find("/a"));
    }

    @Test
    void forgetsWhatTheTreeHoldsAndKeepsWhatIsNewer() {
        Txn first = create("/a", 1, false);
        Txn second = set("/a", 1);
        pending.add(header(1), first);
        pending.add(header(2), second);
        long digest = pending.digest();
        commit(1, first);
        assertEquals(1, pending.find("/a").version());
        assertEquals(digest, pending.digest());
        commit(2, second);
        assertSame(tree.find("/a"), pending.find("/a"));
        assertEquals(digest, tree.digest());
    }

    @Test
    void rollbackUndoesExactlyWhatCameAfterTheMark() {
        both(1, create("/a", 1, false));
        both(2, create("/gone", 2, true));
        pending.add(header(3), set("/a", 1));
        PendingZnode before = pending.find("/a");
        PendingZnode rootBefore = pending.find("/");
        long digest = pending.digest();
        int mark = pending.mark();
        pending.add(header(4), set("/a", 2));
        pending.add(header(4), create("/a/b", 1, true));
        pending.add(header(4), delete("/gone"));
        pending.rollback(mark);
        assertSame(before, pending.find("/a"));
        assertSame(rootBefore, pending.find("/"));
        assertNull(pending.find("/a/b"));
        assertNotNull(pending.find("/gone"));
        assertEquals(List.of("/gone"), pending.ephemerals(SESSION));
        assertEquals(digest, pending.digest());
        pending.rollback(mark);
        assertEquals(mark, pending.mark());
    }

    @Test
    void rollbackDoesNotBringBackWhatTheTreeHasAppliedMeanwhile() {
        Txn first = create("/a", 1, false);
        pending.add(header(1), first);
        int mark = pending.mark();
        pending.add(header(2), set("/a", 1));
        commit(1, first);
        pending.rollback(mark);
        assertSame(tree.find("/a"), pending.find("/a"));
        assertEquals(tree.digest(), pending.digest());
    }

    @Test
    void rollbackToAMarkOfTheFutureFails() {
        assertThrows(IllegalStateException.class, () -> pending.rollback(pending.mark() + 1));
    }

    @Test
    void ephemeralsAreTheCommittedAndTheNewWithoutTheDeleted() {
        both(1, create("/one", 1, true));
        both(2, create("/two", 2, true));
        both(3, create("/three", 3, true));
        pending.add(header(4), create("/four", 4, true));
        pending.add(header(5), create("/five", 5, true));
        pending.add(header(6), delete("/two"));
        pending.add(header(7), delete("/four"));
        assertEquals(List.of("/one", "/three", "/five"), pending.ephemerals(SESSION));
        pending.add(header(8), create("/two", 6, false));
        pending.add(header(9), create("/four", 7, true));
        assertEquals(List.of("/one", "/three", "/four", "/five"), pending.ephemerals(SESSION));
        assertEquals(List.of(), pending.ephemerals(SESSION + 1));
        pending.add(header(10), new Txn.CloseSession(List.of("/three")));
        assertEquals(List.of(), pending.ephemerals(SESSION));
        assertNotNull(pending.find("/two"));
        assertNull(pending.find("/one"));
    }

    @Test
    void aZnodeOfAnotherSessionInTheSamePlaceIsNotOurs() {
        both(1, create("/e", 1, true));
        pending.add(header(2), delete("/e"));
        pending.add(new TxnHeader(SESSION + 1, 0, 3, 3), create("/e", 2, true));
        assertEquals(List.of(), pending.ephemerals(SESSION));
        assertEquals(List.of("/e"), pending.ephemerals(SESSION + 1));
        assertTrue(pending.find("/e").isEphemeral());
    }

    @Test
    void aRejectedMultiHasNoEffectAndAnAcceptedOneAllOfIt() {
        long digest = pending.digest();
        pending.add(header(1), new Txn.Multi(List.of(create("/a", 1, false), new Txn.Rejected(-1))));
        assertNull(pending.find("/a"));
        assertEquals(digest, pending.digest());
        assertEquals(0, pending.mark());
        pending.add(header(2), new Txn.Multi(List.of(create("/a", 1, false), set("/a", 1))));
        assertEquals(1, pending.find("/a").version());
    }

    @Test
    void clearingLeavesTheTree() {
        both(1, create("/e", 1, true));
        pending.add(header(2), delete("/e"));
        pending.add(header(3), create("/f", 2, true));
        pending.clear();
        assertSame(tree.find("/e"), pending.find("/e"));
        assertNull(pending.find("/f"));
        assertEquals(List.of("/e"), pending.ephemerals(SESSION));
        assertEquals(tree.digest(), pending.digest());
    }

    @Test
    void whatChangesNothingLeavesNothing() {
        pending.add(header(1), set("/no", 1));
        pending.add(header(2), create("/no/x", 1, false));
        pending.add(header(3), new Txn.SetAcl("/no", Acl.READ_UNSAFE, 1));
        pending.add(header(4), delete("/no/x"));
        pending.add(header(5), delete("/"));
        pending.add(header(6), create("", 1, false));
        pending.add(header(7), new Txn.CloseSession(null));
        assertEquals(0, pending.mark());
    }

    @Test
    void deletingAZnodeWithChildrenIsOurOwnBug() {
        pending.add(header(1), create("/a", 1, false));
        pending.add(header(2), create("/a/b", 1, false));
        assertThrows(IllegalStateException.class, () -> pending.add(header(3), delete("/a")));
    }
}
