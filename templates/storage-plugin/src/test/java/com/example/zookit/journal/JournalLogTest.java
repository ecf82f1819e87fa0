package com.example.zookit.journal;

import io.zookit.tck.LogStoreContract;
import io.zookit.tck.StorageFixture;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract, on the disk of this machine. */
final class JournalLogTest extends LogStoreContract {
    @TempDir
    Path directory;

    @Override
    protected StorageFixture newStorage() {
        return new JournalFixture(directory);
    }
}
