package io.zookit.pipeline.words;

import java.util.stream.Stream;

/** {@code mntr}: everything that is counted, for monitoring. */
final class MntrWord implements Word {
    @Override
    public String name() {
        return "mntr";
    }

    @Override
    public boolean asksMachine() {
        return true;
    }

    @Override
    public Stream<String> answer(ServerFacts facts, MachineFacts machine) {
        Stream<String> who =
                Stream.of("zk_version\t" + facts.version() + "\n", "zk_server_state\t" + facts.mode() + "\n");
        Stream<String> numbers = facts.metrics(machine).entrySet().stream()
                .map(metric -> "zk_" + metric.getKey() + "\t" + TextForms.number(metric.getValue()) + "\n");
        return Stream.concat(who, numbers);
    }
}
