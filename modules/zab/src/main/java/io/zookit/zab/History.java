package io.zookit.zab;

import io.zookit.model.Zxid;
import java.util.ArrayList;
import java.util.List;

/**
 * The extent of a server's history as far as its log holds it: which zxids are in it, without the transactions. Zxids of one epoch
 * have no gaps, so the last one of each epoch says everything.
 *
 * @param afterZxid where the log begins: every transaction after it, up to {@code lastZxid}, can be read, and the state at this very
 *     zxid is part of the history. The zxid of a snapshot, or of the oldest record, or 0
 * @param lastZxid the newest transaction, of log and snapshot; 0 for none
 * @param epochEnds the last zxid of each epoch that has transactions in the log, ascending; the last of them is {@code lastZxid}
 */
public record History(long afterZxid, long lastZxid, List<Long> epochEnds) {
    /** Nothing happened yet. */
    public static final History EMPTY = new History(0, 0, List.of());

    /** Checks that the parts fit. */
    public History {
        epochEnds = List.copyOf(epochEnds);
        long previous = afterZxid;
        for (long end : epochEnds) {
            if (end < previous) {
                throw new IllegalArgumentException(
                        "the epoch end " + Zxid.text(end) + " stands after " + Zxid.text(previous));
            }
            previous = end;
        }
        if (previous != lastZxid) {
            throw new IllegalArgumentException("a history of " + epochEnds + " after " + Zxid.text(afterZxid)
                    + " ends with " + Zxid.text(previous) + ", not with " + Zxid.text(lastZxid));
        }
    }

    /** A history without a log: the state at one zxid is all there is. */
    public static History startingAt(long zxid) {
        return new History(zxid, zxid, List.of());
    }

    /**
     * Whether a transaction may be the next one: no zxid is ever left out, and an epoch begins with counter 1 (Zab: what is missing
     * in a history was never promised by anybody who holds what follows it).
     */
    public static boolean follows(long next, long previous) {
        return next == previous + 1 || (Zxid.epoch(next) > Zxid.epoch(previous) && Zxid.counter(next) == 1);
    }

    /**
     * The newest point of this history that is not after a zxid.
     *
     * @param zxid not before {@link #afterZxid}
     */
    public long floor(long zxid) {
        long floor = afterZxid;
        for (long end : epochEnds) {
            if (Zxid.epoch(end) == Zxid.epoch(zxid) && zxid <= end && Zxid.counter(zxid) > 0) {
                return zxid;
            }
            if (end <= zxid) {
                floor = end;
            }
        }
        return floor;
    }

    /** This history with one more transaction, which {@link #follows} the last. */
    History with(long zxid) {
        List<Long> ends = new ArrayList<>(epochEnds);
        if (!ends.isEmpty() && Zxid.epoch(ends.get(ends.size() - 1)) == Zxid.epoch(zxid)) {
            ends.remove(ends.size() - 1);
        }
        ends.add(zxid);
        return new History(afterZxid, zxid, ends);
    }

    /**
     * This history without what came after a zxid.
     *
     * @param zxid a point of it
     */
    History upTo(long zxid) {
        if (zxid <= afterZxid) {
            return startingAt(zxid);
        }
        List<Long> ends = new ArrayList<>();
        for (long end : epochEnds) {
            if (end < zxid) {
                ends.add(end);
            }
        }
        ends.add(zxid);
        return new History(afterZxid, zxid, ends);
    }

    /**
     * This history once the log has forgotten its beginning.
     *
     * @param zxid a point of it
     */
    History after(long zxid) {
        List<Long> ends = new ArrayList<>();
        for (long end : epochEnds) {
            if (end > zxid) {
                ends.add(end);
            }
        }
        return new History(zxid, lastZxid, ends);
    }

    /** About how many transactions stand after a zxid: an epoch's earlier part counts as long as the whole. */
    long countAfter(long zxid) {
        long count = 0;
        for (long end : epochEnds) {
            if (end > zxid) {
                long from = Zxid.epoch(end) == Zxid.epoch(zxid) ? Zxid.counter(zxid) : 0;
                count += Zxid.counter(end) - from;
            }
        }
        return count;
    }
}
