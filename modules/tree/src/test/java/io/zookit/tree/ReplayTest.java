package io.zookit.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zookit.model.Txn;
import io.zookit.model.TxnHeader;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A history replayed on a tree that already holds a part of it ends in the same tree. */
class ReplayTest {
    private static final int TRANSACTIONS = 60;

    private record Entry(TxnHeader header, Txn txn) {}

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {11, 12, 13, 14, 15, 16})
    void fromEveryEarlierTransactionOnEveryTreeOfTheHistory(long seed) {
        List<Entry> history = history(new Random(seed));
        DataTree whole = treeAfter(history, history.size());
        TreeModel expected = TreeModel.of(whole);
        for (int held = 0; held <= history.size(); held++) {
            for (int from = 0; from <= held; from++) {
                DataTree tree = treeAfter(history, held);
                for (Entry entry : history.subList(from, history.size())) {
                    tree.apply(entry.header, entry.txn, TreeListener.NONE);
                }
                String what = "tree after " + held + ", replayed from " + from;
                assertEquals(expected.nodes, TreeModel.of(tree).nodes, what);
                assertEquals(whole.digest(), tree.digest(), what);
                assertEquals(whole.lastZxid(), tree.lastZxid(), what);
                assertEquals(whole.aclCount(), tree.aclCount(), what);
                assertEquals(whole.ephemeralCount(), tree.ephemeralCount(), what);
                assertEquals(whole.approximateDataBytes(), tree.approximateDataBytes(), what);
                assertEquals(whole.nodeCount(), tree.nodeCount(), what);
            }
        }
    }

    /** A history a leader could have made: of each change only what succeeds is kept, as its checks would have it. */
    private static List<Entry> history(Random random) {
        DataTree tree = new DataTree(new TreeOptions(true, true));
        PendingTree pending = new PendingTree(tree);
        Transactions transactions = new Transactions(random, 0, pending::find);
        List<Entry> history = new ArrayList<>();
        while (history.size() < TRANSACTIONS) {
            TxnHeader header = transactions.nextHeader();
            Txn txn = transactions.next();
            if (random.nextInt(12) == 0) {
                txn = new Txn.CloseSession(pending.ephemerals(header.sessionId()));
            } else if (random.nextInt(8) == 0) {
                txn = multi(random, transactions, pending, header);
            }
            if (isLegal(pending, txn)) {
                history.add(new Entry(header, txn));
                tree.apply(header, txn, TreeListener.NONE);
            }
        }
        return history;
    }

    private static Txn multi(Random random, Transactions transactions, PendingTree pending, TxnHeader header) {
        List<Txn> parts = new ArrayList<>();
        for (int i = 0; i < 1 + random.nextInt(4); i++) {
            Txn part = transactions.next();
            if (isLegal(pending, part)) {
                parts.add(part);
                pending.add(header, part);
            }
        }
        pending.clear();
        return new Txn.Multi(List.copyOf(parts));
    }

    private static boolean isLegal(PendingTree view, Txn txn) {
        if (txn instanceof Txn.Create create) {
            PendingZnode parent = view.find(io.zookit.model.ZnodePath.parent(create.path()));
            return parent != null
                    && !parent.isEphemeral()
                    && view.find(create.path()) == null
                    && create.parentCversion() != -1;
        } else if (txn instanceof Txn.Delete delete) {
            return view.find(delete.path()) != null;
        } else if (txn instanceof Txn.SetData set) {
            return view.find(set.path()) != null;
        } else if (txn instanceof Txn.SetAcl set) {
            return view.find(set.path()) != null;
        }
        return true;
    }

    private static DataTree treeAfter(List<Entry> history, int count) {
        DataTree tree = new DataTree(new TreeOptions(true, true));
        for (Entry entry : history.subList(0, count)) {
            tree.apply(entry.header, entry.txn, TreeListener.NONE);
        }
        return tree;
    }
}
