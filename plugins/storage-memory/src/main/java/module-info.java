/** Keeps a server's memory in memory. */
module io.zookit.storage.memory {
    requires io.zookit.spi;
    requires static org.jspecify;

    provides io.zookit.spi.storage.StorageProvider with
            io.zookit.storage.memory.MemoryStorageProvider;
}
