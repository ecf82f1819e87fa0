/** The plugin {@code selector}: carries bytes between clients and the pipeline, with nothing but the JDK. */
module io.zookit.transport.selector {
    requires io.zookit.model;
    requires io.zookit.spi;
    requires static org.jspecify;
    requires org.slf4j;

    provides io.zookit.spi.transport.TransportProvider with
            io.zookit.transport.selector.SelectorTransportProvider;
}
