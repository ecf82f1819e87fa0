package io.zookit.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.zookit.spi.transport.Transport;
import io.zookit.spi.transport.TransportProvider;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Everything a test of a transport opens. Closing it checks what must hold after every test. */
final class TransportBench {
    /** How long anything that must happen may take on a busy machine, in milliseconds. */
    static final long PATIENCE_MILLIS = 20_000;

    /** How long to look for something that must not happen, in milliseconds. */
    static final long QUIET_MILLIS = 60;

    private final Map<String, String> settings;
    private final List<Transport> transports = new ArrayList<>();
    private final List<ContractContext> contexts = new ArrayList<>();
    private final List<ScriptedPipeline> pipelines = new ArrayList<>();
    private final List<LoopbackClient> clients = new ArrayList<>();

    TransportBench(Map<String, String> settings) {
        this.settings = settings;
    }

    /** A transport with its address. */
    record Listening(TransportBench bench, Transport transport, InetSocketAddress address) {
        LoopbackClient connect() throws IOException {
            return bench.connect(address);
        }
    }

    Transport transport(TransportProvider provider) {
        ContractContext context = new ContractContext(provider, settings);
        contexts.add(context);
        Transport transport = provider.create(context);
        transports.add(transport);
        return transport;
    }

    Listening listen(TransportProvider provider, ScriptedPipeline pipeline) {
        return listen(transport(provider), pipeline);
    }

    Listening listen(Transport transport, ScriptedPipeline pipeline) {
        pipelines.add(pipeline);
        return new Listening(this, transport, transport.start(anyPort(), -1, pipeline));
    }

    static InetSocketAddress anyPort() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    }

    LoopbackClient connect(InetSocketAddress address) throws IOException {
        LoopbackClient client = new LoopbackClient(address);
        clients.add(client);
        return client;
    }

    /** Closes clients and transports, then checks that no thread is left and no rule about the order of calls was broken. */
    void close() throws Exception {
        for (LoopbackClient client : clients) {
            client.close();
        }
        for (Transport transport : transports) {
            transport.close();
        }
        for (ContractContext context : contexts) {
            for (Thread thread : context.started()) {
                assertFalse(thread.isAlive(), () -> "close() returned, but " + thread + " is alive");
            }
        }
        for (ScriptedPipeline pipeline : pipelines) {
            assertEquals(List.of(), pipeline.violations());
            pipeline.assertAllClosedOnce();
        }
    }
}
