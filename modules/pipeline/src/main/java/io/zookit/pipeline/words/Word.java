package io.zookit.pipeline.words;

import java.nio.ByteBuffer;
import java.util.stream.Stream;

/** One word and its answer. */
public interface Word {
    /** The four letters. */
    String name();

    /** Whether its answer needs {@link MachineFacts}: these take time, so they are collected on another thread before. */
    default boolean asksMachine() {
        return false;
    }

    /** Whether it tells of something that is there only while clients are served. */
    default boolean needsLeader() {
        return true;
    }

    /** How many bytes belong to it beside its letters. */
    default int parameterBytes() {
        return 0;
    }

    /**
     * The word together with what it was asked with. Called by the transport's thread, for words that have {@link #parameterBytes}.
     *
     * @param parameter as many bytes; valid during the call
     */
    default Word with(ByteBuffer parameter) {
        return this;
    }

    /**
     * Answers, in pieces of any length: each is made when it is taken, so a long answer is sent bit by bit between the requests of
     * others, and what changes meanwhile shows in its later pieces. Called by the owner of the state, which also takes the pieces.
     *
     * @param machine {@link MachineFacts#NOT_ASKED} unless {@link #asksMachine}
     */
    Stream<String> answer(ServerFacts facts, MachineFacts machine);
}
