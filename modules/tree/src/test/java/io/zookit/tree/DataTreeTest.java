package io.zookit.tree;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.model.Acl;
import io.zookit.model.EphemeralOwner;
import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.model.PersistedStat;
import io.zookit.model.Stat;
import io.zookit.model.Txn;
import io.zookit.model.TxnHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataTreeTest extends DataTreeFixture {
    @Test
    void aFreshTreeHoldsTheServersOwnZnodes() {
        assertEquals(4, tree.nodeCount());
        assertEquals(1_371_985_504L, tree.digest());
        assertEquals(0, tree.lastZxid());
        assertEquals(new Stat(0, 0, 0, 0, 0, -1, 0, 0, 0, 1, 0), stat("/"));
        assertEquals(new Stat(0, 0, 0, 0, 0, -2, 0, 0, 0, 2, 0), stat("/zookeeper"));
        assertEquals(new Stat(0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), stat("/zookeeper/quota"));
        assertEquals(new Stat(0, 0, 0, 0, 0, 0, -1, 0, 0, 0, 0), stat("/zookeeper/config"));
        assertEquals(OPEN, tree.find("/").acl());
        assertEquals(Acl.READ_UNSAFE, tree.find("/zookeeper/config").acl());
        assertEquals(0, tree.find("/zookeeper/config").dataLength());
        assertEquals(
                Set.of("quota", "config"), Set.copyOf(tree.find("/zookeeper").childNames()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a", "//", "/a/", "//a", "/a//b", "/b", "/a/b/", "/a/b/c", "/a/bb", "/a/", "a/b", "/é"})
    void pathsThatNameNothingFindNothing(String path) {
        apply(1, create("/a", 1));
        apply(2, create("/a/b", 1));
        assertNull(tree.find(path));
        assertEquals(-1, tree.descendantCount(path));
    }

    @Test
    void aNewZnodeHasTheFactsOfItsTransaction() {
        Outcome outcome = apply(5, create("/a", 1));
        assertEquals(new Outcome(OpCode.CREATE, ErrorCode.OK, "/a", stat("/a"), List.of()), outcome);
        assertEquals(new Stat(5, 5, 1005, 1005, 0, 0, 0, 0, 2, 0, 5), stat("/a"));
        assertArrayEquals(new byte[] {1, 2}, TreeModel.data(tree.find("/a")));
        assertEquals(new Stat(0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 5), stat("/"));
        assertEquals(1, tree.find("/").cversion());
        assertEquals(5, tree.lastZxid());
        assertEquals(List.of("created /a open in / open"), heard.events);
    }

    @Test
    void theVisibleCversionCountsCreationsAndDeletions() {
        apply(1, create("/a", 1));
        apply(2, create("/a/x", 1));
        apply(3, create("/a/y", 2));
        assertEquals(2, stat("/a").cversion());
        apply(4, delete("/a/x"));
        assertEquals(3, stat("/a").cversion());
        assertEquals(2, tree.find("/a").cversion());
        apply(5, delete("/a/y"));
        assertEquals(4, stat("/a").cversion());
        assertEquals(5, stat("/a").pzxid());
        assertEquals(0, stat("/a").numChildren());
        assertEquals(1, stat("/a").mzxid());
    }

    @Test
    void setDataTakesTheVersionItIsGiven() {
        apply(1, create("/a", 1));
        Outcome outcome = apply(2, new Txn.SetData(OpCode.SET_DATA, "/a", new byte[] {1, 2, 3}, 41));
        assertEquals(new Stat(1, 2, 1001, 1002, 41, 0, 0, 0, 3, 0, 1), outcome.stat());
        apply(3, new Txn.SetData(OpCode.SET_DATA, "/a", null, Integer.MIN_VALUE));
        assertEquals(Integer.MIN_VALUE, stat("/a").version());
        assertEquals(-1, tree.find("/a").dataLength());
        assertEquals(0, stat("/a").dataLength());
        apply(4, new Txn.SetData(OpCode.SET_DATA, "/a", new byte[0], 1));
        assertEquals(0, tree.find("/a").dataLength());
        assertEquals(List.of("changed /a open", "changed /a open", "changed /a open"), heard.events.subList(1, 4));
    }

    @Test
    void setAclLeavesTheDataAlone() {
        apply(1, create("/a", 1));
        Outcome outcome = apply(2, new Txn.SetAcl("/a", DIGEST, -7));
        assertEquals(new Stat(1, 1, 1001, 1001, 0, 0, -7, 0, 2, 0, 1), outcome.stat());
        assertEquals(DIGEST, tree.find("/a").acl());
        assertEquals(1, heard.events.size(), "no watch hears of an ACL");
    }

    @Test
    void contentIsReplacedAndNeverChanged() {
        apply(1, create("/a", 1));
        byte[] before = tree.find("/a").content();
        byte[] copy = before.clone();
        apply(2, set("/a", 1));
        assertArrayEquals(copy, before);
        assertTrue(before != tree.find("/a").content());
    }

    @Test
    void aDirectoryThatHasGoneAndComesAgainIsTheNewOne() {
        apply(1, create("/a", 1));
        apply(2, create("/a/b", 1));
        apply(3, create("/a/b/c", 1));
        assertNotNull(tree.find("/a/b/c"));
        apply(4, delete("/a/b/c"));
        apply(5, delete("/a/b"));
        assertNull(tree.find("/a/b/c"));
        apply(6, create("/a/b", 2));
        assertNull(tree.find("/a/b/c"));
        apply(7, create("/a/b/c", 1));
        assertEquals(7, stat("/a/b/c").czxid());
        assertEquals(6, tree.find("/a/b").czxid());
    }

    @Test
    void pathsThatAreNotLegalAreNotThere() {
        apply(1, create("/a", 1));
        apply(2, create("/a/b", 1));
        for (String path : List.of("", "a", "a/b", "//", "/a/", "/a//b", "//a", "//b", "/a/b/", "/a/b//", "/b/b")) {
            assertNotNull(tree.find("/a/b"));
            assertNull(tree.find(path), path);
        }
    }

    @Test
    void countersWrapAsPlainIntegers() {
        apply(1, create("/a", 1));
        apply(2, create("/a/x", Integer.MAX_VALUE));
        assertEquals(Integer.MAX_VALUE, tree.find("/a").cversion());
        assertEquals(2 * Integer.MAX_VALUE - 1, stat("/a").cversion());
        // The counter only moves forward, so it stays at its end; the child is there all the same.
        apply(3, create("/a/y", Integer.MIN_VALUE));
        assertEquals(Integer.MAX_VALUE, tree.find("/a").cversion());
        assertEquals(2, stat("/a").pzxid());
        assertNotNull(tree.find("/a/y"));
    }

    @Test
    void aNegativeCversionMovesForwardToo() {
        TreeLoader loader = tree.startLoad();
        loader.load("/", null, OPEN, new PersistedStat(0, 0, 0, 0, 0, -5, 0, 0, 0));
        loader.finish(1);
        apply(2, create("/a", -4));
        assertEquals(-4, tree.find("/").cversion());
        apply(3, create("/b", -1));
        assertEquals(-3, tree.find("/").cversion(), "-1 means unknown: one more than it was");
    }

    @Test
    void theKindOfZnodeFollowsFromTheTypeOfTheTransaction() {
        apply(1, new Txn.Create(OpCode.CREATE2, "/e", null, OPEN, true, 0, 1));
        apply(2, new Txn.Create(OpCode.CREATE_CONTAINER, "/c", null, OPEN, false, 0, 2));
        apply(3, new Txn.Create(OpCode.CREATE_TTL, "/t", null, OPEN, false, 777, 3));
        assertEquals(SESSION, stat("/e").ephemeralOwner());
        assertEquals(0, stat("/c").ephemeralOwner());
        assertEquals(0, stat("/t").ephemeralOwner());
        assertEquals(EphemeralOwner.CONTAINER, tree.find("/c").ephemeralOwner());
        assertEquals(EphemeralOwner.ofTtl(777), tree.find("/t").ephemeralOwner());
        assertTrue(tree.find("/e").isEphemeral());
        assertFalse(tree.find("/c").isEphemeral());
        assertFalse(tree.find("/t").isEphemeral());
        assertEquals(1, tree.ephemeralCount());
        assertEquals(Map.of(SESSION, Set.of("/e")), tree.ephemeralsBySession());
        assertEquals(List.of("/c"), List.copyOf(tree.containers()));
        assertEquals(List.of("/t"), List.copyOf(tree.ttlZnodes()));
        apply(4, new Txn.Delete(OpCode.DELETE_CONTAINER, "/c"));
        apply(5, new Txn.Delete(OpCode.DELETE_CONTAINER, "/t"));
        apply(6, delete("/e"));
        assertTrue(tree.containers().isEmpty() && tree.ttlZnodes().isEmpty());
        assertTrue(
                tree.ephemeralsBySession().isEmpty() && tree.ephemerals(SESSION).isEmpty());
    }

    @Test
    void withoutExtendedTypesATtlOwnerIsAStrangeSession() {
        DataTree plain = new DataTree(new TreeOptions(true, false));
        Txn ttl = new Txn.Create(OpCode.CREATE_TTL, "/t", null, OPEN, false, 777, 1);
        plain.apply(new TxnHeader(1, 1, 1, 1), ttl, TreeListener.NONE);
        long owner = EphemeralOwner.ofTtl(777);
        assertEquals(owner, plain.find("/t").stat().ephemeralOwner());
        assertTrue(plain.find("/t").isEphemeral());
        assertEquals(List.of("/t"), List.copyOf(plain.ephemerals(owner)));
        assertTrue(plain.ttlZnodes().isEmpty());
    }

    @Test
    void closingASessionTakesTheListedThenTheRemainingEphemerals() {
        apply(1, create("/d", 1));
        apply(2, ephemeral("/d/one", 1));
        apply(3, ephemeral("/two", 2));
        apply(4, ephemeral("/three", 3));
        tree.apply(new TxnHeader(77, 0, 5, 5), ephemeral("/others", 4), heard);
        heard.events.clear();
        Outcome outcome = apply(6, new Txn.CloseSession(List.of("/three", "/gone", "/no/parent")));
        assertEquals(new Outcome(OpCode.CLOSE_SESSION, ErrorCode.OK, null, null, List.of()), outcome);
        assertEquals(
                List.of(
                        "deleted /three open in / open",
                        "deleted /d/one open in /d open",
                        "deleted /two open in / open"),
                heard.events);
        assertEquals(6, stat("/d").pzxid());
        assertEquals(1, tree.ephemeralCount());
        assertNotNull(tree.find("/others"));
        apply(7, new Txn.CloseSession(null));
        assertEquals(7, tree.lastZxid());
    }

    @Test
    void transactionsWithoutZnodesOnlyAdvanceTheZxid() {
        long digest = tree.digest();
        assertEquals(
                new Outcome(OpCode.CREATE_SESSION, ErrorCode.OK, null, null, List.of()),
                apply(1, new Txn.CreateSession(4000)));
        assertEquals(
                new Outcome(OpCode.ERROR, ErrorCode.NO_NODE, null, null, List.of()), apply(2, new Txn.Rejected(-101)));
        assertEquals(ErrorCode.SYSTEM_ERROR, apply(3, new Txn.Rejected(4711)).error());
        assertEquals(OpCode.CHECK, apply(4, new Txn.Check("/nowhere", 1)).type());
        assertEquals(4, tree.lastZxid());
        assertEquals(digest, tree.digest());
        apply(2, new Txn.Rejected(-1));
        assertEquals(4, tree.lastZxid(), "never back");
    }

    @Test
    void whatLiesBelowZookeeperDoesNotCountInTheDigest() {
        long before = tree.digest();
        apply(1, create("/zookeeper/quota/x", 1));
        apply(2, set("/zookeeper/quota/x", 1));
        apply(3, set("/zookeeper/config", 1));
        assertEquals(before, tree.digest());
        apply(4, set("/zookeeper", 1));
        assertTrue(before != tree.digest());
        apply(5, create("/zookeepers", 1));
        assertEquals(TreeModel.of(tree).digest(), tree.digest());
    }

    @Test
    void withoutDigestTheDigestIsZero() {
        DataTree silent = new DataTree(new TreeOptions(false, true));
        silent.apply(new TxnHeader(1, 1, 1, 1), create("/a", 1), TreeListener.NONE);
        assertEquals(0, silent.digest());
        PendingTree pending = new PendingTree(silent);
        pending.add(new TxnHeader(1, 1, 2, 2), set("/a", 1));
        assertEquals(0, pending.digest());
    }

    @Test
    void namesMayBeOfAnyLanguage() {
        apply(1, create("/é漢字", 1));
        apply(2, create("/é漢字/ß", 1));
        assertNotNull(tree.find("/é漢字/ß"));
        assertEquals(List.of("ß"), tree.find("/é漢字").childNames());
        assertEquals(TreeModel.of(tree).digest(), tree.digest());
        assertEquals(2, tree.descendantCount("/") - 3);
        assertEquals(1, tree.descendantCount("/é漢字"));
    }

    @Test
    void equalAclsAreTheSameObject() {
        apply(1, new Txn.Create(OpCode.CREATE, "/a", null, new ArrayList<>(DIGEST), false, 0, 1));
        apply(2, create("/b", 2));
        apply(3, new Txn.Create(OpCode.CREATE, "/c", null, new ArrayList<>(DIGEST), false, 0, 3));
        assertSame(tree.find("/a").acl(), tree.find("/c").acl());
        assertEquals(3, tree.aclCount());
        apply(4, delete("/a"));
        apply(5, delete("/c"));
        assertEquals(2, tree.aclCount());
    }

    @Test
    void storingTheConfigurationIsHeard() {
        tree.storeConfig(new byte[] {1}, 4, 5, heard);
        assertEquals(List.of("changed /zookeeper/config other"), heard.events);
        assertEquals(new Stat(0, 4, 0, 5, -1, 0, -1, 0, 1, 0, 0), stat("/zookeeper/config"));
    }

    @Test
    void countsPathsAndDataRoughly() {
        long before = tree.approximateDataBytes();
        apply(1, create("/abc", 1));
        assertEquals(before + 6, tree.approximateDataBytes());
        apply(2, set("/abc", 1));
        assertEquals(before + 5, tree.approximateDataBytes());
        apply(3, delete("/abc"));
        assertEquals(before, tree.approximateDataBytes());
    }
}
