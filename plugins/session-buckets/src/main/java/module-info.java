/** The plugin session-buckets. */
module io.zookit.session.buckets {
    requires io.zookit.spi;
    requires static org.jspecify;
}
