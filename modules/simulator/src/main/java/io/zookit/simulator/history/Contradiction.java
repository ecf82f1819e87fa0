package io.zookit.simulator.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What is wrong with a history that is not linearizable, short enough to read: the first answer that nothing can explain, and what was
 * asked and answered before it.
 *
 * <p>A history that was possible up to an instant stays so when it is cut there: what had not been answered then is taken as unanswered.
 * So the instant is found by halving.
 *
 * @param impossible the operation whose answer cannot be
 * @param before what ended before it, or had begun and was not answered, the newest last; at most as many as were asked for
 * @param <I> questions
 * @param <O> answers
 */
public record Contradiction<I, O>(Operation<I, O> impossible, List<Operation<I, O>> before) {
    /**
     * Finds it.
     *
     * @param history one that the checker does not find linearizable
     * @param beforeMax how many operations before the impossible one are kept
     */
    public static <S, I, O> Contradiction<I, O> of(
            LinearizabilityChecker checker,
            SequentialModel<S, I, O> model,
            List<Operation<I, O>> history,
            int beforeMax) {
        List<Operation<I, O>> byEnd = new ArrayList<>(history);
        byEnd.removeIf(Operation::isUnanswered);
        byEnd.sort(Comparator.comparingLong(Operation::end));
        int possible = -1;
        int impossible = byEnd.size() - 1;
        while (possible + 1 < impossible) {
            int middle = (possible + impossible) >>> 1;
            boolean explained =
                    checker.check(model, until(history, byEnd.get(middle).end())) == Verdict.LINEARIZABLE;
            possible = explained ? middle : possible;
            impossible = explained ? impossible : middle;
        }
        Operation<I, O> first = byEnd.get(impossible);
        List<Operation<I, O>> before = until(history, first.end());
        before.sort(
                Comparator.comparingLong(operation -> operation.isUnanswered() ? operation.begin() : operation.end()));
        before.remove(first);
        return new Contradiction<>(first, before.subList(Math.max(0, before.size() - beforeMax), before.size()));
    }

    private static <I, O> List<Operation<I, O>> until(List<Operation<I, O>> history, long end) {
        List<Operation<I, O>> cut = new ArrayList<>();
        for (Operation<I, O> operation : history) {
            if (operation.end() <= end) {
                cut.add(operation);
            } else if (operation.begin() <= end) {
                cut.add(Operation.unanswered(operation.client(), operation.begin(), operation.input()));
            }
        }
        return cut;
    }

    /** One line for each operation; times are in the unit of the history's clock, counted from the impossible operation's begin. */
    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        before.forEach(operation -> line(text, operation));
        line(text.append("impossible: "), impossible);
        return text.toString();
    }

    private void line(StringBuilder text, Operation<I, O> operation) {
        text.append("client ").append(operation.client());
        text.append(" [").append(operation.begin() - impossible.begin()).append("..");
        if (!operation.isUnanswered()) {
            text.append(operation.end() - impossible.begin());
        }
        text.append("] ")
                .append(operation.input())
                .append(" -> ")
                .append(operation.output())
                .append('\n');
    }
}
