/** Keeps a server's memory in files: the log on MapDB volumes, snapshots in MapDB sorted tables. */
module io.zookit.storage.mapdb {
    requires io.zookit.disk;
    requires io.zookit.spi;
    requires kotlin.stdlib;
    requires mapdb;
    requires org.slf4j;
    requires static org.jspecify;

    provides io.zookit.spi.storage.StorageProvider with
            io.zookit.storage.mapdb.MapdbStorageProvider;
}
