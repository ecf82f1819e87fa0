package io.zookit.pipeline.words;

import java.util.stream.Stream;

/** {@code srst}: begins to count anew for the server. */
final class SrstWord implements Word {
    @Override
    public String name() {
        return "srst";
    }

    @Override
    public Stream<String> answer(ServerFacts facts, MachineFacts machine) {
        facts.resetServer();
        return Stream.of("Server stats reset.\n");
    }
}
