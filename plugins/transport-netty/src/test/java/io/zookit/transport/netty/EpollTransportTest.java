package io.zookit.transport.netty;

import io.zookit.spi.transport.TransportProvider;
import io.zookit.tck.TransportContract;
import java.util.Map;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

@EnabledOnOs(value = OS.LINUX, disabledReason = "epoll is Linux's")
class EpollTransportTest extends TransportContract {
    @Override
    public TransportProvider provider() {
        return new NettyTransportProvider();
    }

    @Override
    protected Map<String, String> settings() {
        return Map.of("nativeTransport", "on", "closeTimeoutMillis", "500");
    }
}
