package io.zookit.pipeline.words;

import java.util.stream.Stream;

/** {@code cons}: all connections, with what was done for each. */
final class ConsWord implements Word {
    @Override
    public String name() {
        return "cons";
    }

    @Override
    public Stream<String> answer(ServerFacts facts, MachineFacts machine) {
        return Stream.concat(facts.connections().map(ConnectionFacts::detailed), Stream.of("\n"));
    }
}
