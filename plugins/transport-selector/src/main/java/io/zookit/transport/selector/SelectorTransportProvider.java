package io.zookit.transport.selector;

import io.zookit.spi.PluginContext;
import io.zookit.spi.Setting;
import io.zookit.spi.transport.Transport;
import io.zookit.spi.transport.TransportProvider;
import java.util.List;

/** Provides the transport {@code selector}. */
public final class SelectorTransportProvider implements TransportProvider {
    /** Called by the service loader. */
    public SelectorTransportProvider() {}

    @Override
    public String id() {
        return "selector";
    }

    @Override
    public List<Setting> settings() {
        return SelectorSettings.DECLARED;
    }

    @Override
    public Transport create(PluginContext context) {
        return new SelectorTransport(SelectorSettings.read(context.settings()), context.threads("transport"));
    }
}
