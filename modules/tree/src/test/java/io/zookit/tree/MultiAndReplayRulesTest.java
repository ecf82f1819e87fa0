package io.zookit.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.model.Acl;
import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.model.Stat;
import io.zookit.model.Txn;
import io.zookit.model.TxnHeader;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MultiAndReplayRulesTest extends DataTreeFixture {
    @Test
    void aMultiGivesTheStatAfterEachPart() {
        Outcome outcome = apply(
                1,
                new Txn.Multi(
                        List.of(create("/a", 1), set("/a", 1), new Txn.Check("/a", 2), set("/a", 2), delete("/a"))));
        assertEquals(OpCode.MULTI, outcome.type());
        assertEquals(ErrorCode.OK, outcome.error());
        List<Outcome> parts = outcome.parts();
        assertEquals(
                new Stat(1, 1, 1001, 1001, 0, 0, 0, 0, 2, 0, 1), parts.get(0).stat());
        assertEquals(1, parts.get(1).stat().version());
        assertNull(parts.get(2).stat());
        assertEquals(2, parts.get(3).stat().version());
        assertEquals(new Outcome(OpCode.DELETE, ErrorCode.OK, "/a", null, List.of()), parts.get(4));
        assertNull(tree.find("/a"));
        assertEquals(4, heard.events.size());
        assertEquals(List.of(), apply(2, new Txn.Multi(List.of())).parts());
    }

    @Test
    void theZxidAdvancesAfterTheWholeMulti() {
        List<Long> seen = new ArrayList<>();
        Txn multi = new Txn.Multi(List.of(create("/a", 1), create("/b", 2)));
        tree.apply(new TxnHeader(1, 1, 9, 9), multi, new TreeListener() {
            @Override
            public void created(String path, List<Acl> acl, String parentPath, List<Acl> parentAcl) {
                seen.add(tree.lastZxid());
            }

            @Override
            public void deleted(String path, List<Acl> acl, String parentPath, List<Acl> parentAcl) {}

            @Override
            public void dataChanged(String path, List<Acl> acl) {}
        });
        assertEquals(List.of(0L, 0L), seen);
        assertEquals(9, tree.lastZxid());
    }

    @Test
    void aRejectedMultiChangesNothingAndSaysWhichPartItWas() {
        long digest = tree.digest();
        Outcome outcome =
                apply(3, new Txn.Multi(List.of(create("/a", 1), set("/a", 1), new Txn.Rejected(-103), delete("/a"))));
        assertEquals(OpCode.MULTI, outcome.type());
        assertEquals(ErrorCode.OK, outcome.error());
        List<ErrorCode> errors = new ArrayList<>();
        for (Outcome part : outcome.parts()) {
            assertEquals(OpCode.ERROR, part.type());
            errors.add(part.error());
        }
        assertEquals(
                List.of(ErrorCode.OK, ErrorCode.OK, ErrorCode.BAD_VERSION, ErrorCode.RUNTIME_INCONSISTENCY), errors);
        assertNull(tree.find("/a"));
        assertEquals(digest, tree.digest());
        assertEquals(3, tree.lastZxid());
        assertTrue(heard.events.isEmpty());
    }

    @Test
    void aMultiInsideAMultiIsOurOwnBug() {
        Txn nested = new Txn.Multi(List.of(new Txn.Multi(List.of())));
        assertThrows(IllegalStateException.class, () -> apply(1, nested));
    }

    @Test
    void replayedCreationsMoveTheParentForwardOnlyAndRestoreTheAcl() {
        apply(5, create("/a", 7));
        apply(6, new Txn.SetAcl("/a", DIGEST, 1));
        heard.events.clear();
        Outcome older = apply(4, create("/a", 3));
        assertEquals(ErrorCode.NODE_EXISTS, older.error());
        assertEquals(OPEN, tree.find("/a").acl());
        assertEquals(1, tree.find("/a").aversion());
        assertEquals(7, tree.find("/").cversion());
        assertEquals(5, tree.find("/").pzxid());
        apply(8, create("/a", 9));
        assertEquals(9, tree.find("/").cversion());
        assertEquals(8, tree.find("/").pzxid());
        assertEquals(5, tree.find("/a").czxid());
        apply(3, create("/older", 2));
        assertEquals(9, tree.find("/").cversion());
        assertEquals(8, tree.find("/").pzxid());
        assertEquals(3, tree.find("/older").czxid());
        assertEquals(1, heard.events.size());
        assertEquals(TreeModel.of(tree).digest(), tree.digest());
    }

    @Test
    void replayedDeletionsMoveThePzxidForwardOnly() {
        apply(5, create("/a", 1));
        apply(6, create("/a/x", 1));
        assertEquals(ErrorCode.OK, apply(4, delete("/a/x")).error());
        assertEquals(6, tree.find("/a").pzxid());
        assertEquals(ErrorCode.NO_NODE, apply(9, delete("/a/x")).error());
        assertEquals(9, tree.find("/a").pzxid(), "the parent may have missed it");
        assertEquals(ErrorCode.NO_NODE, apply(10, delete("/no/x")).error());
    }

    @Test
    void whatCannotBeDoneAnyMoreIsReportedAndDoesNotThrow() {
        assertEquals(ErrorCode.NO_NODE, apply(1, create("/no/x", 1)).error());
        assertEquals(ErrorCode.NO_NODE, apply(2, create("no-slash", 1)).error());
        assertEquals(ErrorCode.NO_NODE, apply(3, create("", 1)).error());
        assertEquals(ErrorCode.NODE_EXISTS, apply(4, create("/", 0)).error());
        assertEquals(ErrorCode.NO_NODE, apply(5, set("/no", 1)).error());
        assertEquals(ErrorCode.NO_NODE, apply(6, new Txn.SetAcl("/no", OPEN, 1)).error());
        assertEquals(ErrorCode.NO_NODE, apply(7, delete("/")).error());
        assertEquals(ErrorCode.NO_NODE, apply(8, delete("")).error());
        assertTrue(heard.events.isEmpty());
        List<Outcome> parts =
                apply(9, new Txn.Multi(List.of(set("/no", 1), create("/a", 1)))).parts();
        assertEquals(ErrorCode.NO_NODE, parts.get(0).error());
        assertEquals(ErrorCode.OK, parts.get(1).error());
    }

    @Test
    void aReplayedDeletionTakesALaterSubtreeWithIt() {
        apply(1, create("/a", 1));
        apply(2, ephemeral("/a/e", 1));
        apply(3, create("/a/b", 2));
        apply(4, create("/a/b/c", 1));
        apply(5, delete("/a"));
        assertEquals(4, tree.nodeCount());
        assertEquals(0, tree.ephemeralCount());
        assertEquals(2, tree.aclCount());
        assertEquals(TreeModel.of(tree).digest(), tree.digest());
    }
}
