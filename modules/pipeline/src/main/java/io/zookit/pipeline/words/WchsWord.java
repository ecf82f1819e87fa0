package io.zookit.pipeline.words;

import java.util.stream.Stream;

/** {@code wchs}: how much is watched. */
final class WchsWord implements Word {
    @Override
    public String name() {
        return "wchs";
    }

    @Override
    public Stream<String> answer(ServerFacts facts, MachineFacts machine) {
        ServerFacts.WatchTotals totals = facts.watchTotals();
        return Stream.of(totals.watchers() + " connections watching " + totals.paths() + " paths\n" + "Total watches:"
                + totals.watches() + "\n");
    }
}
