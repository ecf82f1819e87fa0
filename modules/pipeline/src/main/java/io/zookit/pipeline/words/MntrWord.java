package io.zookit.pipeline.words;

import io.zookit.spi.consensus.EnsembleFacts;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

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
        Stream<String> who = Stream.concat(
                Stream.of("zk_version\t" + facts.version() + "\n", "zk_server_state\t" + facts.mode() + "\n"),
                Stream.of(place(facts, machine.ensemble())));
        Stream<String> numbers = facts.metrics(machine).entrySet().stream()
                .map(metric -> "zk_" + metric.getKey() + "\t" + TextForms.number(metric.getValue()) + "\n");
        return Stream.concat(who, numbers);
    }

    /** What the server is within its ensemble; an observer says whom it observes. */
    private static String place(ServerFacts facts, @Nullable EnsembleFacts ensemble) {
        String state = facts.peerState();
        String text = state == null ? "" : "zk_peer_state\t" + state + "\n";
        return ensemble != null && facts.mode().equals("observer")
                ? text + "zk_observer_master_id\t" + ensemble.leader() + "\n"
                : text;
    }
}
