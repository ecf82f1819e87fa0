package io.zookit.tck;

import io.zookit.spi.PluginContext;
import io.zookit.spi.transport.Transport;
import io.zookit.spi.transport.TransportProvider;

class SelectorTransportTest extends TransportContract {
    @Override
    public TransportProvider provider() {
        return new TransportProvider() {
            @Override
            public String id() {
                return "selector";
            }

            @Override
            public Transport create(PluginContext context) {
                return new SelectorTransport(context.threads("transport"));
            }
        };
    }
}
