/** The plugin storage-memory. */
module io.zookit.storage.memory {
    requires io.zookit.spi;
    requires static org.jspecify;
}
