package io.zookit.pipeline.words;

import java.util.stream.Stream;

/** {@code hash}: digests of the tree, by which servers with the same history can be compared. */
final class HashWord implements Word {
    @Override
    public String name() {
        return "hash";
    }

    @Override
    public Stream<String> answer(ServerFacts facts, MachineFacts machine) {
        return facts.digests().stream().map(at -> Long.toHexString(at.zxid()) + ": " + at.digest() + "\n");
    }
}
