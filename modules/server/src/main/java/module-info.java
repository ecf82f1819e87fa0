/** The server. */
module io.zookit.server {
    requires transitive io.zookit.config;
    requires transitive io.zookit.kernel;
    requires io.zookit.pipeline;
    requires io.zookit.spi;
    requires org.slf4j;
    requires info.picocli;
    requires static org.jspecify;
}
