package io.zookit.tck;

import org.junit.jupiter.api.Nested;

/** The contracts let a storage pass that does what they say. */
class ExactStorageTest {
    @Nested
    class Log extends LogStoreContract {
        @Override
        protected StorageFixture newStorage() {
            return ExactStorage.sound();
        }
    }

    @Nested
    class Snapshots extends SnapshotStoreContract {
        @Override
        protected StorageFixture newStorage() {
            return ExactStorage.sound();
        }
    }

    @Nested
    class Values extends ValueStoreContract {
        @Override
        protected StorageFixture newStorage() {
            return ExactStorage.sound();
        }
    }
}
