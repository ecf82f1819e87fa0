package io.zookit.pipeline.words;

import java.util.stream.Stream;

/** {@code crst}: begins to count anew for each connection. */
final class CrstWord implements Word {
    @Override
    public String name() {
        return "crst";
    }

    @Override
    public Stream<String> answer(ServerFacts facts, MachineFacts machine) {
        facts.resetConnections();
        return Stream.of("Connection stats reset.\n");
    }
}
