/** The way of a request. */
module io.zookit.pipeline {
    requires transitive io.zookit.spi;
    requires io.zookit.wire;
    requires io.zookit.tree;
    requires io.zookit.watch;
    requires transitive io.zookit.session;
    requires com.lmax.disruptor;
    requires org.slf4j;
    requires static org.jspecify;

    exports io.zookit.pipeline;
}
