package io.zookit.pipeline.words;

import java.util.stream.Stream;

/** {@code isro}: whether clients may write here. */
final class IsroWord implements Word {
    @Override
    public String name() {
        return "isro";
    }

    @Override
    public boolean needsLeader() {
        return false;
    }

    @Override
    public Stream<String> answer(ServerFacts facts, MachineFacts machine) {
        String writable = facts.serves() ? "rw" : "null";
        return Stream.of(facts.readsOnly() ? "ro" : writable);
    }
}
