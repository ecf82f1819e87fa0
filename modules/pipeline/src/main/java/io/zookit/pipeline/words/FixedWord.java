package io.zookit.pipeline.words;

import java.util.stream.Stream;

/** A word whose answer never changes. */
record FixedWord(String name, String text) implements Word {
    /** A word that is not among the allowed ones: the sentence tools know, then what to do about it. */
    static Word forbidden(Word word) {
        return new FixedWord(
                word.name(),
                word.name() + " is not executed because it is not in the whitelist."
                        + " It is allowed by 4lw.commands.whitelist in zoo.cfg.\n");
    }

    @Override
    public boolean needsLeader() {
        return false;
    }

    @Override
    public Stream<String> answer(ServerFacts facts, MachineFacts machine) {
        return Stream.of(text);
    }
}
