package io.zookit.zab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.model.Zxid;
import io.zookit.zab.SyncPlan.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SyncPlanTest {
    /** The log begins after 1/5; 1/6 to 1/20, 3/1 to 3/4 and 4/1 to 4/9 are in it. In memory: after 3/2. */
    private static final History HISTORY = new History(z(1, 5), z(4, 9), List.of(z(1, 20), z(3, 4), z(4, 9)));

    private static final long MEMORY = z(3, 2);

    @Test
    void anEqualHistoryNeedsNothing() {
        assertEquals(new SyncPlan(Source.MEMORY, false, z(4, 9)), plan(z(4, 9)));
    }

    @Test
    void whatIsInMemoryIsSentFromThere() {
        assertEquals(new SyncPlan(Source.MEMORY, false, z(4, 2)), plan(z(4, 2)));
        assertEquals(new SyncPlan(Source.MEMORY, false, z(3, 2)), plan(z(3, 2)));
    }

    @Test
    void whatIsOnlyInTheLogIsSentFromThere() {
        assertEquals(new SyncPlan(Source.LOG, false, z(3, 1)), plan(z(3, 1)));
        assertEquals(new SyncPlan(Source.LOG, false, z(1, 5)), plan(z(1, 5)));
    }

    /** Without this server there may be no quorum, and without a quorum no snapshot that is new enough. */
    @Test
    void whoHasNothingGetsTheWholeLogWhereThereIsNoQuorumYet() {
        History whole = new History(0, z(1, 3), List.of(z(1, 3)));
        long all = SyncPlan.WHOLE_LOG;
        assertEquals(new SyncPlan(Source.LOG, false, 0), SyncPlan.of(0, 1, whole, z(1, 3), all));
        assertEquals(new SyncPlan(Source.MEMORY, false, 0), SyncPlan.of(0, 1, whole, 0, all));
        assertEquals(new SyncPlan(Source.LOG, false, 0), SyncPlan.of(0, -1, whole, z(1, 3), all));
        assertEquals(new SyncPlan(Source.SNAPSHOT, false, 0), SyncPlan.of(0, 1, whole, z(1, 3), 1_000));
        assertEquals(new SyncPlan(Source.SNAPSHOT, false, 0), SyncPlan.of(0, 0, whole, z(1, 3), all));
        // Of a log that has forgotten its beginning, too: any snapshot will do, and what follows it.
        assertEquals(new SyncPlan(Source.SNAPSHOT, false, 0), SyncPlan.of(0, 1, HISTORY, MEMORY, all));
    }

    @Test
    void tooMuchOfTheLogIsASnapshot() {
        assertEquals(new SyncPlan(Source.SNAPSHOT, false, z(3, 1)), SyncPlan.of(z(3, 1), 3, HISTORY, MEMORY, 11));
        assertEquals(new SyncPlan(Source.LOG, false, z(3, 1)), SyncPlan.of(z(3, 1), 3, HISTORY, MEMORY, 12));
    }

    @Test
    void whatBeginsBeforeTheLogIsASnapshot() {
        assertEquals(new SyncPlan(Source.SNAPSHOT, false, z(1, 4)), plan(z(1, 4)));
        assertEquals(new SyncPlan(Source.SNAPSHOT, false, z(0, 100)), plan(z(0, 100)));
    }

    @Test
    void moreThanWeHaveIsCutBackToOurEnd() {
        assertEquals(new SyncPlan(Source.MEMORY, true, z(4, 9)), plan(z(4, 12)));
        assertEquals(new SyncPlan(Source.MEMORY, true, z(4, 9)), plan(z(5, 1)));
    }

    @Test
    void whatWeNeverHadIsCutBackToWhereWeParted() {
        assertEquals(new SyncPlan(Source.MEMORY, true, z(3, 4)), plan(z(3, 7)));
        assertEquals(new SyncPlan(Source.LOG, true, z(1, 20)), plan(z(1, 25)));
        assertEquals(new SyncPlan(Source.LOG, true, z(1, 20)), plan(z(2, 3)));
    }

    /** A server that was told the beginning of an epoch, and nothing of it, has all that the epoch stands on. */
    @Test
    void theBeginningOfAnEpochIsNothingToCut() {
        assertEquals(new SyncPlan(Source.MEMORY, false, z(3, 4)), plan(z(4, 0)));
        assertEquals(new SyncPlan(Source.LOG, false, z(1, 20)), plan(z(2, 0)));
        assertEquals(new SyncPlan(Source.SNAPSHOT, false, z(4, 9)), plan(z(5, 0)));
    }

    @Test
    void anEmptyServerGetsASnapshotOrNothing() {
        assertEquals(new SyncPlan(Source.SNAPSHOT, false, 0), SyncPlan.of(0, 0, HISTORY, MEMORY, 100));
        assertEquals(new SyncPlan(Source.MEMORY, false, 0), SyncPlan.of(0, 0, History.EMPTY, 0, 100));
    }

    /** It may have acknowledged what it now gives up: the snapshot must hold all of that. */
    @Test
    void whoeverGivesUpItsHistoryGetsAllThatIsCommitted() {
        assertEquals(new SyncPlan(Source.SNAPSHOT, false, z(4, 9)), SyncPlan.of(0, -1, HISTORY, MEMORY, 100));
    }

    /** The extent and its operations, against a plain set of zxids. */
    @Test
    void extentsAgreeWithPlainSets() {
        long seed = 7;
        Random random = new Random(seed);
        for (int i = 0; i < 2_000; i++) {
            History history = History.startingAt(z(1, 3));
            TreeSet<Long> points = new TreeSet<>(List.of(z(1, 3)));
            long epoch = 1;
            for (int k = random.nextInt(15); k > 0; k--) {
                long next = history.lastZxid() + 1;
                if (random.nextInt(4) == 0) {
                    epoch += 1 + random.nextInt(2);
                    next = z(epoch, 1);
                }
                assertTrue(History.follows(next, history.lastZxid()));
                history = history.with(next);
                points.add(next);
            }
            long probe = z(1 + random.nextInt(8), random.nextInt(10));
            if (probe >= history.afterZxid()) {
                assertEquals(points.floor(probe), history.floor(probe), "seed " + seed);
            }
            List<Long> all = new ArrayList<>(points);
            long cut = all.get(random.nextInt(all.size()));
            History shorter = history.upTo(cut);
            assertEquals(cut, shorter.lastZxid());
            if (probe >= shorter.afterZxid()) {
                assertEquals(points.headSet(cut, true).floor(probe), shorter.floor(probe), "seed " + seed);
            }
            History later = history.after(cut);
            if (probe >= cut) {
                assertEquals(points.tailSet(cut, true).floor(probe), later.floor(probe), "seed " + seed);
            }
        }
    }

    @Test
    void nothingFollowsAcrossAHole() {
        assertTrue(History.follows(z(1, 4), z(1, 3)));
        assertTrue(History.follows(z(7, 1), z(1, 3)));
        assertEquals(false, History.follows(z(1, 5), z(1, 3)));
        assertEquals(false, History.follows(z(7, 2), z(1, 3)));
        assertEquals(false, History.follows(z(1, 3), z(1, 3)));
        assertEquals(false, History.follows(z(1, 1), z(2, 3)));
    }

    @Test
    void anExtentThatDoesNotFitIsRefused() {
        assertThrows(IllegalArgumentException.class, () -> new History(0, z(1, 5), List.of(z(1, 4))));
        assertThrows(IllegalArgumentException.class, () -> new History(z(1, 5), z(1, 4), List.of(z(1, 4))));
    }

    private static SyncPlan plan(long peerLastZxid) {
        return SyncPlan.of(peerLastZxid, 3, HISTORY, MEMORY, 100);
    }

    private static long z(long epoch, long counter) {
        return Zxid.of(epoch, counter);
    }
}
