package io.zookit.simulator.history;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a history is linearizable: whether each operation can be thought to happen at one instant between its begin and
 * its end, so that the object gives exactly these answers one after the other.
 *
 * <p>The method is the one of Wing and Gong with the memory of Lowe: try, in the order of the clock, each operation that no other
 * one has to precede; remember each pair of (set of operations done, state) and never look at it twice; go back where nothing fits.
 * Time is linear for most histories that are linearizable, and exponential in the number of overlapping operations in the worst
 * case, so the number of looked-at pairs is bounded.
 *
 * <p>One history is one object. Histories of several independent objects (znodes) are checked one by one, which is as good:
 * linearizability is local.
 */
public final class LinearizabilityChecker {
    private final int configurationsMax;

    /**
     * A checker.
     *
     * @param configurationsMax how many pairs of (operations done, state) it looks at before it gives up
     */
    public LinearizabilityChecker(int configurationsMax) {
        this.configurationsMax = configurationsMax;
    }

    /**
     * Checks one history of one object.
     *
     * @param model what the object does
     * @param history the operations in any order; may be empty
     */
    public <S, I, O> Verdict check(SequentialModel<S, I, O> model, List<Operation<I, O>> history) {
        return new Search<>(model, history).run();
    }

    /** A begin or an end in the list of all of them by time; the ends of unanswered operations stand last. */
    private static final class Moment {
        private final int operation;
        private final boolean begin;
        private final long time;
        private Moment previous = this;
        private Moment next = this;
        /** Of a begin: the end of the same operation. */
        private Moment end = this;

        private Moment(int operation, boolean begin, long time) {
            this.operation = operation;
            this.begin = begin;
            this.time = time;
        }

        private void insertAfter(Moment before) {
            previous = before;
            next = before.next;
            next.previous = this;
            before.next = this;
        }

        private void unlink() {
            previous.next = next;
            next.previous = previous;
        }

        private void relink() {
            previous.next = this;
            next.previous = this;
        }
    }

    /** What was decided at one depth of the search. */
    private record Choice<S>(Moment moment, S stateBefore) {}

    private record Configuration<S>(BitSet done, S state) {}

    private final class Search<S, I, O> {
        private final SequentialModel<S, I, O> model;
        private final List<Operation<I, O>> history;
        private final Moment head = new Moment(-1, false, Long.MIN_VALUE);
        private final BitSet done = new BitSet();
        private final List<Choice<S>> choices = new ArrayList<>();
        private final Set<Configuration<S>> seen = new HashSet<>();
        private int answeredLeft;

        private Search(SequentialModel<S, I, O> model, List<Operation<I, O>> history) {
            this.model = model;
            this.history = history;
            Moment last = head;
            for (Moment moment : moments()) {
                moment.insertAfter(last);
                last = moment;
            }
        }

        private Moment[] moments() {
            Moment[] moments = new Moment[2 * history.size()];
            for (int i = 0; i < history.size(); i++) {
                Operation<I, O> operation = history.get(i);
                Moment begin = new Moment(i, true, operation.begin());
                begin.end = new Moment(i, false, operation.end());
                moments[2 * i] = begin;
                moments[2 * i + 1] = begin.end;
                answeredLeft += operation.isUnanswered() ? 0 : 1;
            }
            // At the same instant all begins stand before all ends: two operations that touch overlap, to be lenient.
            Arrays.sort(moments, (a, b) -> {
                int byTime = Long.compare(a.time, b.time);
                return byTime != 0 ? byTime : Boolean.compare(b.begin, a.begin);
            });
            return moments;
        }

        private Verdict run() {
            S state = model.initial();
            Moment moment = head.next;
            while (answeredLeft > 0) {
                if (moment != head && moment.begin) {
                    S after = tryNow(moment, state);
                    if (after == null) {
                        moment = moment.next;
                        continue;
                    }
                    if (seen.size() > configurationsMax) {
                        return Verdict.UNDECIDED;
                    }
                    choose(moment, state);
                    state = after;
                    moment = head.next;
                } else {
                    // An end of something not yet done: nothing after it may come first, so an earlier choice was
                    // wrong.
                    if (choices.isEmpty()) {
                        return Verdict.NOT_LINEARIZABLE;
                    }
                    Choice<S> wrong = choices.remove(choices.size() - 1);
                    state = wrong.stateBefore();
                    undo(wrong.moment());
                    moment = wrong.moment().next;
                }
            }
            return Verdict.LINEARIZABLE;
        }

        /** The state after an operation, {@code null} when it does not fit here or this was tried before. */
        private @Nullable S tryNow(Moment moment, S state) {
            Operation<I, O> operation = history.get(moment.operation);
            S after = model.step(state, operation.input(), operation.output());
            if (after == null) {
                return null;
            }
            BitSet then = (BitSet) done.clone();
            then.set(moment.operation);
            return seen.add(new Configuration<>(then, after)) ? after : null;
        }

        private void choose(Moment moment, S stateBefore) {
            choices.add(new Choice<>(moment, stateBefore));
            done.set(moment.operation);
            answeredLeft -= history.get(moment.operation).isUnanswered() ? 0 : 1;
            moment.unlink();
            moment.end.unlink();
        }

        private void undo(Moment moment) {
            done.clear(moment.operation);
            answeredLeft += history.get(moment.operation).isUnanswered() ? 0 : 1;
            moment.end.relink();
            moment.relink();
        }
    }
}
