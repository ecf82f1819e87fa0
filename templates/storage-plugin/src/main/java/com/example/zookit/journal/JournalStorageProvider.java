package com.example.zookit.journal;

import io.zookit.spi.PluginContext;
import io.zookit.spi.storage.Storage;
import io.zookit.spi.storage.StorageProvider;

/** What the server finds in the jar: the name {@code journal} for {@code plugin.storage}. There are no settings. */
public final class JournalStorageProvider implements StorageProvider {
    @Override
    public String id() {
        return "journal";
    }

    @Override
    public Storage create(PluginContext context) {
        // Nothing is touched before open().
        return new JournalStorage(
                new Folder(context.dataDirectory().resolve("journal")),
                new Folder(context.logDirectory().resolve("journal-log")));
    }
}
