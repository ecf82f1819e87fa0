/** Keeps a server's memory in the file formats of Apache ZooKeeper. */
module io.zookit.storage.files {
    requires io.zookit.disk;
    requires io.zookit.spi;
    requires org.slf4j;
    requires static org.jspecify;

    provides io.zookit.spi.storage.StorageProvider with
            io.zookit.storage.files.FilesStorageProvider;
}
