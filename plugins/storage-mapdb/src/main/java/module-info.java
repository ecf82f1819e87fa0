/** The plugin storage-mapdb. */
module io.zookit.storage.mapdb {
    requires io.zookit.spi;
    requires static org.jspecify;
}
