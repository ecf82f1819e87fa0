package io.zookit.tree;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;

import io.zookit.model.Txn;
import io.zookit.model.TxnHeader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Long random histories through the tree, its pending view and the model at once. */
class RandomHistoryTest {
    private static final int STEPS = 12_000;
    private static final int IN_FLIGHT_MAX = 30;

    private record Proposal(TxnHeader header, Txn txn) {}

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4})
    void whatIsPredictedIsWhatIsAppliedAndWhatTheModelSays(long seed) {
        Random random = new Random(seed);
        DataTree tree = new DataTree(new TreeOptions(true, true, random.nextLong()));
        PendingTree pending = new PendingTree(tree);
        TreeModel proposed = TreeModel.fresh();
        TreeModel committed = TreeModel.fresh();
        Transactions transactions = new Transactions(random, 0, pending::find);
        Deque<Proposal> inFlight = new ArrayDeque<>();
        for (int step = 0; step < STEPS; step++) {
            if (inFlight.size() < IN_FLIGHT_MAX && random.nextInt(2) == 0) {
                Proposal proposal = propose(random, transactions, pending, proposed);
                inFlight.add(proposal);
                proposed.apply(proposal.header, proposal.txn);
            } else if (!inFlight.isEmpty()) {
                Proposal next = inFlight.remove();
                tree.apply(next.header, next.txn, TreeListener.NONE);
                pending.applied(next.header.zxid());
                committed.apply(next.header, next.txn);
                assertEquals(next.header.zxid(), tree.lastZxid());
            }
            if (random.nextInt(2000) == 0) {
                inFlight.clear();
                pending.clear();
                proposed = committed.copy();
            }
            if (random.nextInt(4) == 0) {
                assertEquals(proposed.digest(), pending.digest(), "pending digest");
            }
            comparePrediction(transactions.path(), pending, proposed);
            if (step % 100 == 0) {
                compareWhole(tree, committed);
                compareAllPredictions(pending, proposed, committed);
            }
        }
    }

    private Proposal propose(Random random, Transactions transactions, PendingTree pending, TreeModel proposed) {
        TxnHeader header = transactions.nextHeader();
        int kind = random.nextInt(20);
        if (kind == 0 && childless(pending, pending.ephemerals(header.sessionId()))) {
            Txn close = transactions.closeSession(pending.ephemerals(header.sessionId()));
            pending.add(header, close);
            return new Proposal(header, close);
        }
        if (kind <= 3) {
            return new Proposal(header, multi(random, transactions, pending, proposed, header));
        }
        Txn txn = transactions.next();
        pending.add(header, txn);
        return new Proposal(header, txn);
    }

    /** Parts are added one by one, as each must see those before; now and then the last one fails and all are undone. */
    private Txn multi(
            Random random, Transactions transactions, PendingTree pending, TreeModel proposed, TxnHeader header) {
        int mark = pending.mark();
        List<Txn> parts = new ArrayList<>();
        int count = random.nextInt(6);
        for (int i = 0; i < count; i++) {
            Txn part = transactions.next();
            if (part instanceof Txn.Rejected) {
                break;
            }
            parts.add(part);
            pending.add(header, part);
        }
        if (random.nextInt(3) == 0) {
            pending.rollback(mark);
            assertEquals(proposed.digest(), pending.digest(), "digest after rollback");
            parts.add(new Txn.Rejected(-110));
            Txn.Multi rejected = new Txn.Multi(List.copyOf(parts));
            pending.add(header, rejected);
            return rejected;
        }
        return new Txn.Multi(List.copyOf(parts));
    }

    /** The random sessions also create children below their ephemerals, which a leader would refuse. */
    private boolean childless(PendingTree pending, List<String> paths) {
        for (String path : paths) {
            if (pending.find(path).childCount() != 0) {
                return false;
            }
        }
        return true;
    }

    private void comparePrediction(String path, PendingTree pending, TreeModel proposed) {
        PendingZnode found = pending.find(path);
        TreeModel.Node expected = proposed.nodes.get(path);
        if (expected == null) {
            assertNull(found, path);
        } else {
            assertEquals(expected, TreeModel.of(found), path);
        }
    }

    private void compareAllPredictions(PendingTree pending, TreeModel proposed, TreeModel committed) {
        for (String path : committed.nodes.keySet()) {
            comparePrediction(path, pending, proposed);
        }
        Map<String, Integer> childCounts = proposed.childCounts();
        for (String path : proposed.nodes.keySet()) {
            comparePrediction(path, pending, proposed);
            assertEquals(childCounts.getOrDefault(path, 0), pending.find(path).childCount(), path);
        }
        for (long session : Transactions.SESSIONS) {
            List<String> ephemerals = pending.ephemerals(session);
            assertEquals(proposed.ephemerals(session), List.copyOf(new TreeSet<>(ephemerals)));
            assertEquals(ephemerals.size(), new TreeSet<>(ephemerals).size(), "twice in " + ephemerals);
        }
    }

    static void compareWhole(DataTree tree, TreeModel model) {
        assertEquals(model.nodes, TreeModel.of(tree).nodes);
        assertEquals(model.digest(), tree.digest(), "committed digest");
        assertEquals(model.nodes.size(), tree.nodeCount());
        assertEquals(model.nodes.size() - 1, tree.descendantCount("/"));
        Map<String, Integer> childCounts = model.childCounts();
        long bytes = 0;
        int ephemerals = 0;
        TreeSet<String> selfGoing = new TreeSet<>();
        for (Map.Entry<String, TreeModel.Node> entry : model.nodes.entrySet()) {
            TreeModel.Node node = entry.getValue();
            bytes += entry.getKey().length() + (node.data() == null ? 0 : node.data().length);
            long owner = node.stat().ephemeralOwner();
            if (Transactions.isTtlOrContainer(owner)) {
                selfGoing.add(entry.getKey());
            } else if (owner != 0) {
                ephemerals++;
            }
            Znode found = tree.find(entry.getKey());
            int children = childCounts.getOrDefault(entry.getKey(), 0);
            int dataLength = node.data() == null ? 0 : node.data().length;
            assertEquals(node.stat().visible(dataLength, children), found.stat(), entry.getKey());
        }
        assertEquals(bytes, tree.approximateDataBytes());
        assertEquals(ephemerals, tree.ephemeralCount());
        TreeSet<String> indexed = new TreeSet<>(tree.containers());
        indexed.addAll(tree.ttlZnodes());
        assertEquals(selfGoing, indexed);
        int listed = tree.ephemeralsBySession().values().stream()
                .mapToInt(Collection::size)
                .sum();
        assertEquals(ephemerals, listed);
        assertEquals(
                model.nodes.values().stream()
                        .map(TreeModel.Node::acl)
                        .distinct()
                        .count(),
                tree.aclCount());
    }
}
