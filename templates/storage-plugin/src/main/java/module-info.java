/** A storage of a third party: plain files, append only. */
module com.example.zookit.journal {
    requires io.zookit.spi;

    provides io.zookit.spi.storage.StorageProvider with
            com.example.zookit.journal.JournalStorageProvider;
}
