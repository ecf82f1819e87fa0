/** The plugin session-buckets: sessions expire by buckets of time. */
module io.zookit.session.buckets {
    requires io.zookit.spi;
    requires static org.jspecify;

    provides io.zookit.spi.session.SessionExpiryProvider with
            io.zookit.session.buckets.BucketExpiryProvider;
}
