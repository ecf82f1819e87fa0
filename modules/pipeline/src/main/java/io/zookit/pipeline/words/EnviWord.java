package io.zookit.pipeline.words;

import java.util.stream.Stream;

/** {@code envi}: the machine and the Java the server runs on. */
final class EnviWord implements Word {
    @Override
    public String name() {
        return "envi";
    }

    @Override
    public boolean asksMachine() {
        return true;
    }

    @Override
    public boolean needsLeader() {
        return false;
    }

    @Override
    public Stream<String> answer(ServerFacts facts, MachineFacts machine) {
        Stream<String> version = Stream.of("Environment:\n", "zookeeper.version=" + facts.version() + "\n");
        return Stream.concat(version, TextForms.lines(machine.environment()));
    }
}
