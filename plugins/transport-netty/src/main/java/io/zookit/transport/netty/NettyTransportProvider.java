package io.zookit.transport.netty;

import io.zookit.spi.PluginContext;
import io.zookit.spi.Setting;
import io.zookit.spi.transport.Transport;
import io.zookit.spi.transport.TransportProvider;
import java.util.List;

/** Provides the transport {@code netty}. */
public final class NettyTransportProvider implements TransportProvider {
    /** Called by the service loader. */
    public NettyTransportProvider() {}

    @Override
    public String id() {
        return "netty";
    }

    @Override
    public List<Setting> settings() {
        return NettySettings.DECLARED;
    }

    @Override
    public Transport create(PluginContext context) {
        return new NettyTransport(NettySettings.read(context.settings()), context.threads("transport"));
    }
}
