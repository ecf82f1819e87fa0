package io.zookit.pipeline.words;

import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** {@code srvr}: the server in a few numbers. */
final class SrvrWord implements Word {
    @Override
    public String name() {
        return "srvr";
    }

    @Override
    public Stream<String> answer(ServerFacts facts, MachineFacts machine) {
        return Stream.of(head(facts), numbers(facts));
    }

    /** The lines with which {@code stat} begins too. */
    static String head(ServerFacts facts) {
        String readOnly = facts.readsOnly() ? "READ-ONLY mode; serving only read-only clients\n" : "";
        return "Zookeeper version: " + facts.version() + "\n" + readOnly;
    }

    /** The numbers that {@code stat} shows too. */
    static String numbers(ServerFacts facts) {
        ServerFacts.Latency latency = facts.latency();
        return "Latency min/avg/max: " + latency.min() + "/" + TextForms.decimal(latency.average()) + "/"
                + latency.max()
                + "\nReceived: " + facts.received()
                + "\nSent: " + facts.sent()
                + "\nConnections: " + facts.connectionCount()
                + "\nOutstanding: " + facts.outstanding()
                + "\nZxid: 0x" + Long.toHexString(facts.lastZxid())
                + "\nMode: " + facts.mode()
                + "\nNode count: " + facts.nodeCount() + "\n" + proposals(facts.proposalSizes());
    }

    private static String proposals(ServerFacts.@Nullable ProposalSizes sizes) {
        return sizes == null
                ? ""
                : "Proposal sizes last/min/max: " + sizes.last() + "/" + sizes.min() + "/" + sizes.max() + "\n";
    }
}
