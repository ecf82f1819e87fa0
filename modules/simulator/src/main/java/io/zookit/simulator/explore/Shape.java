package io.zookit.simulator.explore;

import io.zookit.model.Zxid;
import io.zookit.simulator.storage.Epochs;
import io.zookit.simulator.storage.StoredTxn;
import java.util.ArrayList;
import java.util.List;

/** What three servers have on their disks when a story begins. */
@SuppressWarnings("ImmutableEnumChecker") // its lists cannot be changed
public enum Shape {
    /** Nothing. */
    FRESH(List.of(), disk(0, 0), disk(0, 0), disk(0, 0)),
    /** One has missed the last transaction. */
    STALE(
            List.of(zxid(1, 1), zxid(1, 2)),
            disk(1, 1, zxid(1, 1), zxid(1, 2)),
            disk(1, 1, zxid(1, 1), zxid(1, 2)),
            disk(1, 1, zxid(1, 1))),
    /** The leader of an earlier epoch has logged what nobody else has, and the others have gone on. */
    DIVERGED(
            List.of(zxid(1, 1), zxid(1, 2), zxid(2, 1)),
            disk(1, 1, zxid(1, 1), zxid(1, 2), zxid(1, 3)),
            disk(2, 2, zxid(1, 1), zxid(1, 2), zxid(2, 1)),
            disk(2, 2, zxid(1, 1), zxid(1, 2), zxid(2, 1))),
    /** The power went when one had a new epoch's history and had not entered it, and another had only promised it. */
    MID_SYNC(
            List.of(zxid(1, 1), zxid(1, 2)),
            disk(2, 2, zxid(1, 1), zxid(1, 2), zxid(2, 1)),
            disk(2, 1, zxid(1, 1), zxid(1, 2), zxid(2, 1)),
            disk(2, 1, zxid(1, 1)));

    private final List<Long> committed;
    private final List<Disk> disks;

    /** A disk. */
    record Disk(Epochs epochs, List<StoredTxn> txns) {}

    Shape(List<Long> committed, Disk... disks) {
        this.committed = committed;
        this.disks = List.of(disks);
    }

    private static long zxid(long epoch, long counter) {
        return Zxid.of(epoch, counter);
    }

    private static Disk disk(long accepted, long current, long... zxids) {
        List<StoredTxn> txns = new ArrayList<>();
        for (long zxid : zxids) {
            txns.add(txn(zxid));
        }
        return new Disk(new Epochs(accepted, current), List.copyOf(txns));
    }

    private static StoredTxn txn(long zxid) {
        return new StoredTxn(zxid, new byte[] {0, (byte) Zxid.epoch(zxid), (byte) Zxid.counter(zxid)});
    }

    /** What was committed before the story begins. */
    List<StoredTxn> committed() {
        return committed.stream().map(Shape::txn).toList();
    }

    /** What a server has. */
    Disk disk(int server) {
        return disks.get(server);
    }
}
