package io.zookit.pipeline.words;

import java.util.stream.Stream;

/** {@code stat}: the server in a few numbers, and its connections. */
final class StatWord implements Word {
    @Override
    public String name() {
        return "stat";
    }

    @Override
    public Stream<String> answer(ServerFacts facts, MachineFacts machine) {
        Stream<String> version = Stream.of(SrvrWord.head(facts) + "Clients:\n");
        Stream<String> numbers = Stream.of("\n").map(empty -> empty + SrvrWord.numbers(facts));
        return Stream.concat(version, Stream.concat(facts.connections().map(ConnectionFacts::brief), numbers));
    }
}
