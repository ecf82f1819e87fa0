package com.example.zookit.journal;

import io.zookit.tck.StorageFixture;
import io.zookit.tck.ValueStoreContract;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;

/** The contract, on the disk of this machine. */
final class JournalValueTest extends ValueStoreContract {
    @TempDir
    Path directory;

    @Override
    protected StorageFixture newStorage() {
        return new JournalFixture(directory);
    }
}
