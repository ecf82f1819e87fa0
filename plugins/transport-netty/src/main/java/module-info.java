/** The plugin transport-netty. */
module io.zookit.transport.netty {
    requires io.zookit.spi;
    requires static org.jspecify;
}
