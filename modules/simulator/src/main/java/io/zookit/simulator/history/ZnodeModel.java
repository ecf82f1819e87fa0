package io.zookit.simulator.history;

import org.jspecify.annotations.Nullable;

/**
 * One znode as an object: it is there or not, with data and a version. Questions and answers are those of a client, reduced to
 * what one znode decides.
 */
public final class ZnodeModel implements SequentialModel<ZnodeModel.State, ZnodeModel.Question, ZnodeModel.Answer> {
    /** A model of a znode that is not there at first. */
    public ZnodeModel() {}

    /**
     * A znode.
     *
     * @param value its data, {@code null} when there is no znode
     * @param version its version, 0 when there is none
     */
    public record State(@Nullable String value, int version) {}

    /** What a client asks. */
    public sealed interface Question {
        /** A new znode with this data. */
        record Create(String value) implements Question {}

        /** New data, if the version is this one; -1 takes any. */
        record SetData(String value, int version) implements Question {}

        /** The end of the znode, if the version is this one; -1 takes any. */
        record Delete(int version) implements Question {}

        /** A read that has to see the latest state: one that follows a sync. */
        record Read() implements Question {}
    }

    /** What a client hears. */
    public sealed interface Answer {
        /** It was done. */
        record Done() implements Answer {}

        /** A version: of a SetData that was done. */
        record DoneWith(int version) implements Answer {}

        /** What was read. */
        record Value(String value, int version) implements Answer {}

        /** There is no such znode. */
        record NoNode() implements Answer {}

        /** There is one already. */
        record NodeExists() implements Answer {}

        /** The version is another. */
        record BadVersion() implements Answer {}
    }

    @Override
    public State initial() {
        return new State(null, 0);
    }

    @Override
    public @Nullable State step(State state, Question question, @Nullable Answer answer) {
        Answer expected = answer(state, question);
        if (answer != null && !answer.equals(expected)) {
            return null;
        }
        if (!(expected instanceof Answer.Done) && !(expected instanceof Answer.DoneWith)) {
            return state;
        }
        if (question instanceof Question.Create create) {
            return new State(create.value(), 0);
        }
        if (question instanceof Question.SetData set) {
            return new State(set.value(), state.version() + 1);
        }
        return initial();
    }

    private static Answer answer(State state, Question question) {
        if (question instanceof Question.Create) {
            return state.value() == null ? new Answer.Done() : new Answer.NodeExists();
        }
        if (state.value() == null) {
            return new Answer.NoNode();
        }
        if (question instanceof Question.SetData set) {
            return set.version() == -1 || set.version() == state.version()
                    ? new Answer.DoneWith(state.version() + 1)
                    : new Answer.BadVersion();
        }
        if (question instanceof Question.Delete delete) {
            return delete.version() == -1 || delete.version() == state.version()
                    ? new Answer.Done()
                    : new Answer.BadVersion();
        }
        return new Answer.Value(state.value(), state.version());
    }
}
