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
        return TextForms.lines(machine.configuration());
    }
}
