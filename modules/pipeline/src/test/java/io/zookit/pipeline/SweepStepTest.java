package io.zookit.pipeline;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.model.Acl;
import io.zookit.model.OpCode;
import io.zookit.model.Txn;
import io.zookit.model.TxnHeader;
import io.zookit.session.SessionTable;
import io.zookit.spi.consensus.Consensus;
import io.zookit.spi.consensus.Replica;
import io.zookit.spi.consensus.Role;
import io.zookit.tree.DataTree;
import io.zookit.tree.TreeListener;
import io.zookit.tree.TreeOptions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SweepStepTest {
    private static final int CREDITS = 2_000;
    private static final long INTERVAL = 60_000;

    private final HandClock clock = new HandClock(-100_000);
    private final DataTree tree = new DataTree(new TreeOptions(true, true));
    private final ReplicaState state = new ReplicaState(tree, new SessionTable<>(), 0);
    private final ProposeStage propose = new ProposeStage(
            new DeafConsensus(),
            state,
            clock,
            CREDITS,
            true,
            new Logged(0, 0),
            new RecordRing(RecordRing.BYTES),
            new Statistics(),
            0);
    private SweepStep sweep = step(10_000, 0);

    private SweepStep step(int perMinute, long neverUsedMillis) {
        SweepStep step =
                new SweepStep(state, leading(), propose, clock, new SweepPolicy(INTERVAL, perMinute, neverUsedMillis));
        step.begin(clock.monotonicMillis());
        return step;
    }

    private static ServerRole leading() {
        ServerRole role = new ServerRole(true);
        role.become(Role.LEADING, 0);
        return role;
    }

    private void create(OpCode type, String path, long ttlMillis) {
        add(new Txn.Create(type, path, null, Acl.OPEN_UNSAFE, false, ttlMillis, -1));
    }

    private void add(Txn txn) {
        propose.propose(propose.nextHeader(7, 0), txn, null, InFlight.RequestFacts.NONE);
    }

    /** Applies everything proposed; the paths that the sweep has removed. */
    private List<String> applyAll() {
        List<String> removed = new ArrayList<>();
        InFlight next;
        while ((next = propose.proposed().poll()) != null) {
            tree.apply(next.header(), next.txn(), TreeListener.NONE);
            if (next.txn() instanceof Txn.Delete delete && delete.type() == OpCode.DELETE_CONTAINER) {
                assertEquals(
                        new TxnHeader(0, 0, next.header().zxid(), next.header().timeMillis()), next.header());
                removed.add(delete.path());
            }
        }
        state.pending().applied(tree.lastZxid());
        return removed;
    }

    private void turn() {
        sweep.work(clock.monotonicMillis());
    }

    /** Lets time pass as the timer would: turn after turn, each when it is due. */
    private List<String> sweepFor(long millis) {
        List<String> removed = new ArrayList<>();
        long end = clock.monotonicMillis() + millis;
        for (int turns = 0; clock.monotonicMillis() < end; turns++) {
            assertTrue(turns < 100_000, "turns without end");
            long due = Math.min(sweep.nextDeadlineMillis(), end);
            clock.forward(Math.max(0, due - clock.monotonicMillis()));
            turn();
            removed.addAll(applyAll());
        }
        return removed;
    }

    private void emptyContainer(String path) {
        create(OpCode.CREATE_CONTAINER, path, 0);
        create(OpCode.CREATE, path + "/child", 0);
        add(new Txn.Delete(OpCode.DELETE, path + "/child"));
        applyAll();
    }

    @Test
    void aContainerGoesAtTheNextCheckAfterItsLastChildHasGone() {
        emptyContainer("/c");
        assertEquals(List.of(), sweepFor(INTERVAL - 1));
        assertEquals(List.of("/c"), sweepFor(1));
        assertEquals(0, tree.containers().size());
    }

    @Test
    void whatIsUsedOrWasNeverUsedStays() {
        create(OpCode.CREATE_CONTAINER, "/used", 0);
        create(OpCode.CREATE, "/used/child", 0);
        create(OpCode.CREATE_CONTAINER, "/new", 0);
        create(OpCode.CREATE, "/plain", 0);
        applyAll();
        assertEquals(List.of(), sweepFor(10 * INTERVAL));
    }

    @Test
    void aNeverUsedContainerGoesWhenItIsOldEnoughIfThatIsWished() {
        create(OpCode.CREATE_CONTAINER, "/new", 0);
        applyAll();
        sweep = step(10_000, 2 * INTERVAL);
        assertEquals(List.of(), sweepFor(2 * INTERVAL), "not older than that");
        assertEquals(List.of("/new"), sweepFor(INTERVAL));
    }

    @Test
    void aTtlZnodeGoesWhenItHasNotBeenChangedForItsTime() {
        create(OpCode.CREATE_TTL, "/t", INTERVAL);
        create(OpCode.CREATE_TTL, "/long", 100 * INTERVAL);
        create(OpCode.CREATE_TTL, "/parent", 1);
        create(OpCode.CREATE, "/parent/child", 0);
        applyAll();
        assertEquals(List.of(), sweepFor(INTERVAL), "exactly its time is not more than its time");
        add(new Txn.SetData(OpCode.SET_DATA, "/t", null, 1));
        applyAll();
        assertEquals(List.of(), sweepFor(INTERVAL));
        assertEquals(List.of("/t"), sweepFor(INTERVAL));
        assertNotNull(tree.find("/parent"));
    }

    @Test
    void whatIsProposedMeanwhileIsSeen() {
        emptyContainer("/c");
        create(OpCode.CREATE_TTL, "/t", 1);
        applyAll();
        clock.forward(INTERVAL);
        create(OpCode.CREATE, "/c/again", 0);
        add(new Txn.SetData(OpCode.SET_DATA, "/t", null, 1));
        turn();
        assertEquals(List.of(), applyAll());
    }

    @Test
    void removalsAreSpreadOverTime() {
        for (int i = 0; i < 100; i++) {
            emptyContainer("/c" + i);
        }
        sweep = step(60, 0);
        sweepFor(INTERVAL - 1);
        List<String> first = sweepFor(10_001);
        assertTrue(first.size() >= 10 && first.size() <= 12, first.size() + " in ten seconds at sixty a minute");
        assertEquals(100 - first.size(), sweepFor(100_000).size());
    }

    @Test
    void aTurnThatComesLateMakesUpForOneSecondAtMost() {
        for (int i = 0; i < 1_000; i++) {
            emptyContainer("/c" + i);
        }
        sweep = step(6_000, 0);
        clock.forward(INTERVAL);
        turn();
        applyAll();
        clock.forward(30_000);
        turn();
        assertEquals(101, applyAll().size());
    }

    @Test
    void withoutCreditsNothingIsProposedAndNobodyIsWoken() {
        emptyContainer("/c");
        for (int i = 0; i < CREDITS; i++) {
            add(new Txn.Rejected(-101));
        }
        clock.forward(INTERVAL);
        turn();
        assertEquals(Long.MAX_VALUE, sweep.nextDeadlineMillis());
        assertEquals(List.of(), applyAll());
        turn();
        assertEquals(List.of("/c"), applyAll());
    }

    @Test
    void aTurnLooksAtABoundedNumberAndSoonGoesOn() {
        for (int i = 0; i < 1_800; i++) {
            create(OpCode.CREATE_TTL, "/t" + i, 100 * INTERVAL);
        }
        applyAll();
        clock.forward(INTERVAL);
        turn();
        assertEquals(clock.monotonicMillis(), sweep.nextDeadlineMillis(), "more to look at");
        turn();
        assertEquals(clock.monotonicMillis() + INTERVAL, sweep.nextDeadlineMillis());
    }

    @Test
    void nobodyIsWokenWhileThereIsNothingToSweep() {
        turn();
        assertEquals(Long.MAX_VALUE, sweep.nextDeadlineMillis());
        create(OpCode.CREATE_CONTAINER, "/c", 0);
        applyAll();
        assertEquals(-100_000 + INTERVAL, sweep.nextDeadlineMillis());
    }

    /** Nobody hears what is proposed; the test applies it. */
    private static final class DeafConsensus implements Consensus {
        @Override
        public void start(Replica replica, long lastZxid) {}

        @Override
        public void propose(long zxid, byte[] record) {}

        @Override
        public void logged(long zxid) {}

        @Override
        public String mode() {
            return "deaf";
        }

        @Override
        public void close() {}
    }
}
