package io.zookit.pipeline.words;

import java.util.stream.Stream;

/** {@code srvr}: the server in a few numbers. */
final class SrvrWord implements Word {
    @Override
    public String name() {
        return "srvr";
    }

    @Override
    public Stream<String> answer(ServerFacts facts, MachineFacts machine) {
        return Stream.of("Zookeeper version: " + facts.version() + "\n", numbers(facts));
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
                + "\nNode count: " + facts.nodeCount() + "\n";
    }
}
