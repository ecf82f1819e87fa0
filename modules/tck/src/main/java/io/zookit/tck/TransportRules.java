package io.zookit.tck;

import io.zookit.spi.transport.TransportProvider;

/** What a set of rules needs to try them. */
interface TransportRules {
    /** What makes the transport. */
    TransportProvider provider();

    /** Transports, clients and pipelines of this test. */
    TransportBench bench();

    /** A transport that listens on a free port, served by a pipeline. */
    default TransportBench.Listening listen(ScriptedPipeline pipeline) {
        return bench().listen(provider(), pipeline);
    }
}
