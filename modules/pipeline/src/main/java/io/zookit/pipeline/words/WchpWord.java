package io.zookit.pipeline.words;

import java.util.stream.Stream;

/** {@code wchp}: which sessions watch each path. */
final class WchpWord implements Word {
    @Override
    public String name() {
        return "wchp";
    }

    @Override
    public Stream<String> answer(ServerFacts facts, MachineFacts machine) {
        Stream<String> paths = facts.watchesByPath()
                .flatMap(watches -> Stream.concat(
                        Stream.of(watches.path() + "\n"),
                        watches.sessionIds().stream().map(id -> "\t" + TextForms.session(id) + "\n")));
        return Stream.concat(paths, Stream.of("\n"));
    }
}
