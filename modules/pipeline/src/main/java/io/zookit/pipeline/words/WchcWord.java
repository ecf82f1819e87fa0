package io.zookit.pipeline.words;

import java.util.stream.Stream;

/** {@code wchc}: what each session watches. */
final class WchcWord implements Word {
    @Override
    public String name() {
        return "wchc";
    }

    @Override
    public Stream<String> answer(ServerFacts facts, MachineFacts machine) {
        Stream<String> sessions = facts.watchesBySession()
                .flatMap(watches -> Stream.concat(
                        Stream.of(TextForms.session(watches.sessionId()) + "\n"),
                        watches.paths().stream().map(path -> "\t" + path + "\n")));
        return Stream.concat(sessions, Stream.of("\n"));
    }
}
