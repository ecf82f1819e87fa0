package io.zookit.transport.selector;

import io.zookit.spi.transport.TransportProvider;
import io.zookit.tck.TransportContract;
import java.util.Map;

class SelectorTransportTest extends TransportContract {
    @Override
    public TransportProvider provider() {
        return new SelectorTransportProvider();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("closeTimeoutMillis", "500");
    }
}
