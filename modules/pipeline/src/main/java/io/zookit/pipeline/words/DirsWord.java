package io.zookit.pipeline.words;

import java.util.stream.Stream;

/** {@code dirs}: what snapshots and log take on disk. */
final class DirsWord implements Word {
    @Override
    public String name() {
        return "dirs";
    }

    @Override
    public boolean asksMachine() {
        return true;
    }

    @Override
    public Stream<String> answer(ServerFacts facts, MachineFacts machine) {
        return Stream.of(
                "datadir_size: " + machine.snapshotBytes() + "\n", "logdir_size: " + machine.logBytes() + "\n");
    }
}
