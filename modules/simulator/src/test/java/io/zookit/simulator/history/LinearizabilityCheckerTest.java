package io.zookit.simulator.history;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zookit.simulator.history.ZnodeModel.Answer;
import io.zookit.simulator.history.ZnodeModel.Question;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LinearizabilityCheckerTest {
    private static final LinearizabilityChecker CHECKER = new LinearizabilityChecker(1_000_000);
    private static final ZnodeModel ZNODE = new ZnodeModel();

    @SafeVarargs
    @SuppressWarnings("varargs")
    private static Verdict check(Operation<Question, Answer>... operations) {
        return CHECKER.check(ZNODE, Arrays.asList(operations));
    }

    private static Operation<Question, Answer> at(long begin, long end, Question question, Answer answer) {
        return new Operation<>(1, begin, end, question, answer);
    }

    private static Operation<Question, Answer> unanswered(long begin, Question question) {
        return Operation.unanswered(1, begin, question);
    }

    private static Question create(String value) {
        return new Question.Create(value);
    }

    private static Question set(String value) {
        return new Question.SetData(value, -1);
    }

    private static Question read() {
        return new Question.Read();
    }

    private static Answer done() {
        return new Answer.Done();
    }

    private static Answer value(String value, int version) {
        return new Answer.Value(value, version);
    }

    @Test
    void nothingIsLinearizable() {
        assertEquals(Verdict.LINEARIZABLE, check());
    }

    @Test
    void oneAfterTheOtherIsLinearizable() {
        assertEquals(
                Verdict.LINEARIZABLE,
                check(
                        at(0, 1, create("a"), done()),
                        at(2, 3, read(), value("a", 0)),
                        at(4, 5, set("b"), new Answer.DoneWith(1)),
                        at(6, 7, read(), value("b", 1)),
                        at(8, 9, new Question.Delete(1), done()),
                        at(10, 11, read(), new Answer.NoNode())));
    }

    @Test
    void aStaleReadIsNot() {
        assertEquals(
                Verdict.NOT_LINEARIZABLE,
                check(
                        at(0, 1, create("a"), done()),
                        at(2, 3, set("b"), new Answer.DoneWith(1)),
                        at(4, 5, read(), value("a", 0))));
    }

    @Test
    void aReadThatOverlapsAWriteMaySeeEither() {
        for (Answer seen : List.of(value("a", 0), value("b", 1))) {
            assertEquals(
                    Verdict.LINEARIZABLE,
                    check(
                            at(0, 1, create("a"), done()),
                            at(2, 9, set("b"), new Answer.DoneWith(1)),
                            at(4, 5, read(), seen)));
        }
    }

    @Test
    void readsThatGoBackWhileAWriteIsUnderWayAreNot() {
        assertEquals(
                Verdict.NOT_LINEARIZABLE,
                check(
                        at(0, 1, create("a"), done()),
                        at(2, 9, set("b"), new Answer.DoneWith(1)),
                        at(3, 4, read(), value("b", 1)),
                        at(5, 6, read(), value("a", 0))));
    }

    @Test
    void twoCreatesOfWhichBothSucceedAreNot() {
        assertEquals(Verdict.NOT_LINEARIZABLE, check(at(0, 5, create("a"), done()), at(1, 6, create("b"), done())));
        assertEquals(
                Verdict.LINEARIZABLE,
                check(at(0, 5, create("a"), done()), at(1, 6, create("b"), new Answer.NodeExists())));
    }

    @Test
    void anUnansweredWriteMayTakeEffectLateOrNever() {
        Operation<Question, Answer> first = at(0, 1, create("a"), done());
        Operation<Question, Answer> lost = unanswered(2, set("b"));
        assertEquals(Verdict.LINEARIZABLE, check(first, lost, at(90, 91, read(), value("a", 0))));
        assertEquals(
                Verdict.LINEARIZABLE,
                check(first, lost, at(50, 51, read(), value("a", 0)), at(90, 91, read(), value("b", 1))));
        assertEquals(
                Verdict.NOT_LINEARIZABLE,
                check(first, lost, at(50, 51, read(), value("b", 1)), at(90, 91, read(), value("a", 0))));
    }

    @Test
    void anUnansweredWriteTakesEffectOnceAtMost() {
        assertEquals(
                Verdict.NOT_LINEARIZABLE,
                check(
                        at(0, 1, create("a"), done()),
                        unanswered(2, set("b")),
                        at(3, 4, read(), value("b", 1)),
                        at(5, 6, read(), value("b", 2))));
    }

    @Test
    void anUnansweredWriteCannotBeSeenBeforeItBegan() {
        assertEquals(
                Verdict.NOT_LINEARIZABLE,
                check(at(0, 1, create("a"), done()), at(2, 3, read(), value("b", 1)), unanswered(4, set("b"))));
    }

    @Test
    void aConditionalWriteThatMissedItsVersionChangesNothing() {
        assertEquals(
                Verdict.LINEARIZABLE,
                check(
                        at(0, 1, create("a"), done()),
                        at(2, 3, new Question.SetData("b", 7), new Answer.BadVersion()),
                        at(4, 5, new Question.Delete(7), new Answer.BadVersion()),
                        at(6, 7, read(), value("a", 0))));
        assertEquals(
                Verdict.NOT_LINEARIZABLE,
                check(at(0, 1, create("a"), done()), at(2, 3, new Question.SetData("b", 0), new Answer.BadVersion())));
    }

    @Test
    void theSearchGivesUpAtItsBound() {
        List<Operation<Question, Answer>> history = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            history.add(unanswered(i, create("v" + i)));
            history.add(unanswered(i, new Question.Delete(-1)));
        }
        history.add(at(100, 101, read(), value("never", 0)));
        assertEquals(Verdict.UNDECIDED, new LinearizabilityChecker(100).check(ZNODE, history));
    }

    @Test
    void whatOneObjectDidInSomeOrderIsLinearizable() {
        for (long seed = 0; seed < 200; seed++) {
            List<Operation<Question, Answer>> history = history(seed, false);
            assertEquals(Verdict.LINEARIZABLE, CHECKER.check(ZNODE, history), "seed " + seed);
        }
    }

    @Test
    void oneAnswerFromTheFutureIsFoundAmongHundreds() {
        for (long seed = 0; seed < 200; seed++) {
            List<Operation<Question, Answer>> history = history(seed, true);
            assertEquals(Verdict.NOT_LINEARIZABLE, CHECKER.check(ZNODE, history), "seed " + seed);
        }
    }

    /** What clients see of a real object: each operation takes effect at some instant between its begin and its end. */
    private static List<Operation<Question, Answer>> history(long seed, boolean broken) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Operation<Question, Answer>> history = new ArrayList<>();
        ZnodeModel.State state = ZNODE.initial();
        long instant = 100;
        for (int i = 0; i < 300; i++) {
            instant += 10;
            Question question =
                    switch (random.nextInt(5)) {
                        case 0 -> create("v" + i);
                        case 1 -> new Question.Delete(-1);
                        case 2, 3 -> set("v" + i);
                        default -> read();
                    };
            long begin = instant - random.nextInt(60);
            boolean answered = random.nextInt(20) != 0;
            boolean done = answered || random.nextBoolean();
            Answer answer = answer(state, question);
            if (done) {
                state = ZNODE.step(state, question, null);
            }
            history.add(
                    answered
                            ? new Operation<>(i, begin, instant + 1 + random.nextInt(60), question, answer)
                            : Operation.unanswered(i, begin, question));
        }
        if (broken) {
            history.add(new Operation<>(999, 0, 1, read(), value("v299", 1)));
        }
        return history;
    }

    private static Answer answer(ZnodeModel.State state, Question question) {
        String value = state.value();
        if (question instanceof Question.Create) {
            return value == null ? done() : new Answer.NodeExists();
        }
        if (value == null) {
            return new Answer.NoNode();
        }
        if (question instanceof Question.SetData) {
            return new Answer.DoneWith(state.version() + 1);
        }
        return question instanceof Question.Delete ? done() : value(value, state.version());
    }

    @Test
    void aContradictionIsTheFirstAnswerThatCannotBe() {
        List<Operation<Question, Answer>> history = List.of(
                at(0, 1, create("a"), done()),
                at(2, 9, set("b"), new Answer.DoneWith(1)),
                at(3, 4, read(), value("b", 1)),
                unanswered(5, set("c")),
                at(6, 7, read(), value("a", 0)),
                at(10, 11, read(), value("a", 0)));
        Contradiction<Question, Answer> contradiction = Contradiction.of(CHECKER, ZNODE, history, 2);
        assertEquals(history.get(4), contradiction.impossible());
        assertEquals(List.of(history.get(2), history.get(3)), contradiction.before());
        assertEquals("""
                client 1 [-3..-2] Read[] -> Value[value=b, version=1]
                client 1 [-1..] SetData[value=c, version=-1] -> null
                impossible: client 1 [0..1] Read[] -> Value[value=a, version=0]
                """, contradiction.toString());
    }
}
