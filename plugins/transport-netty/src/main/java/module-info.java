/** The plugin {@code netty}: carries bytes between clients and the pipeline. */
module io.zookit.transport.netty {
    requires io.netty.buffer;
    requires io.netty.common;
    requires io.netty.transport;
    requires io.netty.transport.classes.epoll;
    requires io.zookit.model;
    requires io.zookit.spi;
    requires static org.jspecify;
    requires org.slf4j;

    provides io.zookit.spi.transport.TransportProvider with
            io.zookit.transport.netty.NettyTransportProvider;
}
