/** The file calls of a storage, such that a test can be the disk; the lock on a directory; small values in files. */
module io.zookit.disk {
    requires transitive io.zookit.spi;
    requires jdk.unsupported;
    requires org.slf4j;
    requires static org.jspecify;

    exports io.zookit.disk;
}
