package io.zookit.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.zookit.model.Acl;
import io.zookit.model.OpCode;
import io.zookit.model.PersistedStat;
import io.zookit.model.Txn;
import io.zookit.model.TxnHeader;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class QuotasTest extends DataTreeFixture {
    private static final String A = "/zookeeper/quota/a";
    private long zxid;

    private Outcome create(String path, String data) {
        return apply(++zxid, new Txn.Create(OpCode.CREATE, path, bytes(data), OPEN, false, 0, -1));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private String text(String path) {
        Znode node = tree.find(path);
        return new String(node.content(), node.dataOffset(), node.dataLength(), StandardCharsets.UTF_8);
    }

    private void quotaOnA() {
        create(A, "");
        create(A + "/zookeeper_limits", "count=3,bytes=10");
        create(A + "/zookeeper_stats", "count=0,bytes=0");
    }

    private String used() {
        return text(A + "/zookeeper_stats");
    }

    @Test
    void whatIsThereIsMeasuredWhenTheStatsAreMadeAndKeptAfterwards() {
        create("/a", "12");
        create("/a/b", "345");
        create("/ab", "not counted");
        quotaOnA();
        assertEquals("count=2,bytes=5", used());
        create("/a/b/c", "6");
        create("/ab/c", "not counted");
        assertEquals("count=3,bytes=6", used());
        apply(++zxid, new Txn.SetData(OpCode.SET_DATA, "/a/b", bytes("1234567"), 1));
        assertEquals("count=3,bytes=10", used());
        apply(++zxid, new Txn.SetData(OpCode.SET_DATA, "/a/b", null, 2));
        assertEquals("count=3,bytes=3", used());
        apply(++zxid, delete("/a/b/c"));
        assertEquals("count=2,bytes=2", used());
    }

    @Test
    void everyKindOfChangeCounts() {
        create("/a", "");
        quotaOnA();
        apply(++zxid, new Txn.Multi(List.of(create("/a/x", 1), create("/a/y", 2))));
        apply(++zxid, ephemeral("/a/e", 3));
        apply(++zxid, new Txn.Create(OpCode.CREATE_CONTAINER, "/a/c", bytes("c"), OPEN, false, 0, 4));
        apply(++zxid, new Txn.Create(OpCode.CREATE_TTL, "/a/t", bytes("t"), OPEN, false, 5, 5));
        assertEquals("count=6,bytes=6", used());
        apply(++zxid, new Txn.CloseSession(List.of("/a/e")));
        apply(++zxid, new Txn.Delete(OpCode.DELETE_CONTAINER, "/a/c"));
        apply(++zxid, create("/a/x", 9));
        assertEquals("count=4,bytes=5", used(), "a creation of what is there already counts nothing");
    }

    @Test
    void theStatsAreNoTransactionOfTheirOwn() {
        create("/a", "");
        quotaOnA();
        PersistedStat before = tree.find(A + "/zookeeper_stats").persistedStat();
        Outcome made = apply(++zxid, new Txn.Check("/a", 1));
        assertEquals(null, made.stat());
        int events = heard.events.size();
        create("/a/b", "x");
        assertEquals(before, tree.find(A + "/zookeeper_stats").persistedStat());
        assertEquals(1, heard.events.size() - events, "nobody hears of the stats");
    }

    @Test
    void theDigestKnowsNothingOfQuotas() {
        DataTree plain = new DataTree(tree.options());
        create("/a", "");
        quotaOnA();
        create("/a/b", "x");
        plain.apply(
                new TxnHeader(SESSION, 3, 1, 1001),
                new Txn.Create(OpCode.CREATE, "/a", bytes(""), OPEN, false, 0, -1),
                TreeListener.NONE);
        plain.apply(
                new TxnHeader(SESSION, 3, 5, 1005),
                new Txn.Create(OpCode.CREATE, "/a/b", bytes("x"), OPEN, false, 0, -1),
                TreeListener.NONE);
        // The parent of the quota's znodes counts, with what it knows of its children.
        assertNotEquals(0, tree.digest());
        assertEquals(plain.digest(), tree.digest());
    }

    @Test
    void withoutItsLimitsAQuotaIsOver() {
        create("/a", "");
        quotaOnA();
        apply(++zxid, delete(A + "/zookeeper_limits"));
        create("/a/b", "x");
        assertEquals("count=1,bytes=0", used());
        create(A + "/zookeeper_limits", "count=9,bytes=9");
        create("/a/c", "x");
        assertEquals("count=2,bytes=1", used(), "counted on from what the stats say");
    }

    @Test
    void theDeepestQuotaCounts() {
        create("/a", "");
        create("/a/b", "");
        quotaOnA();
        create(A + "/b", "");
        create(A + "/b/zookeeper_limits", "count=1,bytes=1");
        create(A + "/b/zookeeper_stats", "");
        create("/a/b/c", "x");
        assertEquals("count=2,bytes=0", used());
        assertEquals("count=2,bytes=1", text(A + "/b/zookeeper_stats"));
    }

    @Test
    void quotasOfTheRootOrWithoutStatsOrWithNonsenseDoNoHarm() {
        create("/zookeeper/quota/zookeeper_limits", "count=1,bytes=1");
        create("/zookeeper/quota/zookeeper_stats", "count=7,bytes=7");
        create("/a", "");
        assertEquals("count=7,bytes=7", text("/zookeeper/quota/zookeeper_stats"));
        create(A, "");
        create(A + "/zookeeper_limits", "nonsense");
        create("/a/b", "x");
        PendingTree pending = new PendingTree(tree);
        assertNull(pending.quota("/a/b"), "no stats yet");
        assertNull(pending.quota("/elsewhere"));
        create(A + "/zookeeper_stats", "nonsense");
        assertEquals("count=2,bytes=1", used());
        assertEquals(-1, pending.quota("/a/b").limits().count());
    }

    @Test
    void aLoadedTreeMeasuresItsQuotasAnew() {
        TreeLoader loader = tree.startLoad();
        PersistedStat stat = new PersistedStat(1, 1, 1, 1, 0, 0, 0, 0, 1);
        for (String path : List.of("/", "/zookeeper", "/zookeeper/quota", A, "/a", "/a/b")) {
            loader.load(path, ByteBuffer.wrap(bytes("12")), Acl.OPEN_UNSAFE, stat);
        }
        loader.load(A + "/zookeeper_limits", ByteBuffer.wrap(bytes("count=3,bytes=10")), OPEN, stat);
        loader.load(A + "/zookeeper_stats", ByteBuffer.wrap(bytes("count=77,bytes=77")), OPEN, stat);
        loader.finish(1);
        assertEquals("count=2,bytes=4", used());
        zxid = 1;
        create("/a/c", "x");
        assertEquals("count=3,bytes=5", used());
    }

    @Test
    void aSnapshotHoldsWhatWasUsedWhenItBegan() {
        create("/a", "");
        quotaOnA();
        StringBuilder captured = new StringBuilder();
        SnapshotWalk walk = tree.startWalk((path, content, offset, length, acl, stat) -> {
            if (path.endsWith("zookeeper_stats")) {
                captured.append(new String(content, offset, length, StandardCharsets.UTF_8));
            }
        });
        create("/a/b", "x");
        while (!walk.step(1)) {
            create("/a/b" + zxid, "x");
        }
        assertEquals("count=1,bytes=0", captured.toString());
    }

    @Test
    void whatIsProposedCountsUntilItIsAppliedOrTakenBack() {
        create("/a", "");
        quotaOnA();
        PendingTree pending = new PendingTree(tree);
        int mark = pending.mark();
        Deque<TxnHeader> headers = new ArrayDeque<>();
        for (Txn txn : Arrays.asList(create("/a/b", 1), set("/a/b", 1), create("/a/c", 2), delete("/a/b"))) {
            TxnHeader header = new TxnHeader(SESSION, 3, ++zxid, 0);
            headers.add(header);
            pending.add(header, txn);
        }
        assertEquals(2, pending.quota("/a/x").count());
        assertEquals(2, pending.quota("/a/x").bytes());
        pending.rollback(mark);
        assertEquals(1, pending.quota("/a").count());
        assertEquals(0, pending.quota("/a").bytes());
    }

    @Test
    void whateverHappensTheUseIsWhatCountingGives() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        PendingTree pending = new PendingTree(tree);
        create("/a", "");
        quotaOnA();
        Transactions source = new Transactions(random, zxid, pending::find);
        Deque<TxnHeader> headers = new ArrayDeque<>();
        Deque<Txn> proposed = new ArrayDeque<>();
        for (int i = 0; i < 3_000; i++) {
            TxnHeader header = source.nextHeader();
            Txn txn = source.next();
            pending.add(header, txn);
            headers.add(header);
            proposed.add(txn);
            int applied = random.nextInt(3) == 0 ? random.nextInt(proposed.size() + 1) : 0;
            QuotaUse predicted = pending.quota("/a");
            for (int j = 0; j < applied; j++) {
                TxnHeader next = headers.remove();
                tree.apply(next, proposed.remove(), TreeListener.NONE);
                pending.applied(next.zxid());
                assertEquals(predicted, pending.quota("/a"), () -> "seed " + seed);
            }
            if (proposed.isEmpty()) {
                assertEquals(1 + tree.descendantCount("/a"), predicted.count(), () -> "seed " + seed);
            }
        }
    }
}
