package io.zookit.simulator;

import io.zookit.simulator.check.Violation;
import io.zookit.simulator.history.LinearizabilityChecker;
import io.zookit.simulator.history.Operation;
import io.zookit.simulator.history.Verdict;
import io.zookit.simulator.history.ZnodeModel;
import io.zookit.simulator.history.ZnodeModel.Answer;
import io.zookit.simulator.history.ZnodeModel.Question;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What all clients together asked and heard. I20: the zxids of answers agree with the clock, told at once; and the histories of single
 * znodes are linearizable, told at the end.
 */
final class ClientLedger {
    private static final int CONFIGURATIONS_MAX = 50_000;

    private final Map<String, List<Operation<Question, Answer>>> histories = new TreeMap<>();
    private long greatestAnsweredZxid;
    private long answered;
    private long undecided;

    /** Below this zxid no operation that begins now may be placed. */
    long floor() {
        return greatestAnsweredZxid;
    }

    /** A write was answered. */
    void wrote(long client, long zxid, long floor) {
        answered++;
        if (zxid <= floor) {
            throw new Violation(
                    "I20",
                    "a write of client " + client + " has zxid 0x" + Long.toHexString(zxid)
                            + " though it began after 0x" + Long.toHexString(floor) + " was answered");
        }
        greatestAnsweredZxid = Math.max(greatestAnsweredZxid, zxid);
    }

    /** A read that follows a sync was answered. */
    void readLatest(long client, long zxid, long floor) {
        answered++;
        if (zxid < floor) {
            throw new Violation(
                    "I20",
                    "a read of client " + client + " after a sync saw 0x" + Long.toHexString(zxid) + " though 0x"
                            + Long.toHexString(floor) + " had been answered before the sync");
        }
    }

    void add(String path, Operation<Question, Answer> operation) {
        histories.computeIfAbsent(path, key -> new ArrayList<>()).add(operation);
    }

    /** Holds every znode's history against the model of a znode. */
    void checkHistories() {
        LinearizabilityChecker checker = new LinearizabilityChecker(CONFIGURATIONS_MAX);
        ZnodeModel model = new ZnodeModel();
        for (Map.Entry<String, List<Operation<Question, Answer>>> history : histories.entrySet()) {
            Verdict verdict = checker.check(model, history.getValue());
            if (verdict == Verdict.NOT_LINEARIZABLE) {
                throw new Violation("I20", "what clients saw of " + history.getKey() + " cannot be put in any order");
            }
            undecided += verdict == Verdict.UNDECIDED ? 1 : 0;
        }
    }

    /** How many operations were answered. */
    long answered() {
        return answered;
    }

    /** How many histories were too tangled to decide. */
    long undecided() {
        return undecided;
    }
}
