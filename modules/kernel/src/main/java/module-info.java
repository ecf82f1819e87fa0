/** Plugins: found, chosen, configured, started, closed. */
module io.zookit.kernel {
    requires transitive io.zookit.spi;
    requires transitive io.zookit.config;
    requires org.slf4j;
    requires static org.jspecify;
}
