package io.zookit.pipeline.words;

import java.util.stream.Stream;

/** {@code conf}: the configuration the server runs with. */
final class ConfWord implements Word {
    @Override
    public String name() {
        return "conf";
    }

    @Override
    public boolean asksMachine() {
        return true;
    }

    @Override
    public Stream<String> answer(ServerFacts facts, MachineFacts machine) {
        String members = facts.membership();
        Stream<String> lines = TextForms.lines(machine.configuration());
        return members == null ? lines : Stream.concat(lines, Stream.of("membership: \n", members));
    }
}
