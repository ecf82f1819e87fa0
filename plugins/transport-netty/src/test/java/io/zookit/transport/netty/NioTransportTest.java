package io.zookit.transport.netty;

import io.zookit.spi.transport.TransportProvider;
import io.zookit.tck.TransportContract;
import java.util.Map;

class NioTransportTest extends TransportContract {
    @Override
    public TransportProvider provider() {
        return new NettyTransportProvider();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("nativeTransport", "off", "threads", "2", "closeTimeoutMillis", "500");
    }
}
