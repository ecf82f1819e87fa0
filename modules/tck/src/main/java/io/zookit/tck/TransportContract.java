package io.zookit.tck;

import io.zookit.spi.transport.TransportProvider;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * What every transport does, seen by real clients on the loopback network. The rules stand in the interfaces this class joins;
 * besides, each test checks that the calls on the pipeline come in the promised order and on the promised thread, and that no
 * thread is left afterwards.
 */
public abstract class TransportContract
        implements TransportStarting,
                TransportMoving,
                TransportReceiving,
                TransportSending,
                TransportStopping,
                TransportClosing {
    private TransportBench bench = new TransportBench(Map.of());

    /** For subclasses. */
    protected TransportContract() {}

    /** What makes the transport. Called once for each transport needed. */
    @Override
    public abstract TransportProvider provider();

    /** Settings by name, beyond the defaults. Short time limits make the tests quick. */
    protected Map<String, String> settings() {
        return Map.of();
    }

    @Override
    public final TransportBench bench() {
        return bench;
    }

    @BeforeEach
    final void prepare() {
        bench = new TransportBench(settings());
    }

    @AfterEach
    final void cleanUp() throws Exception {
        bench.close();
    }
}
