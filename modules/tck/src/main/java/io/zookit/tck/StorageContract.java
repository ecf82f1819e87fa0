package io.zookit.tck;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.zookit.spi.storage.Storage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the three contracts of a storage share: a new storage for each test. */
abstract class StorageContract {
    private @Nullable StorageFixture current;

    /**
     * Makes a new, empty and open storage.
     *
     * @throws Exception when that fails; the test fails
     */
    protected abstract StorageFixture newStorage() throws Exception;

    @BeforeEach
    void openStorage() throws Exception {
        current = newStorage();
    }

    @AfterEach
    void closeStorage() {
        StorageFixture fixture = current;
        current = null;
        if (fixture != null) {
            fixture.close();
        }
    }

    final StorageFixture fixture() {
        StorageFixture fixture = current;
        if (fixture == null) {
            throw new IllegalStateException("no test is running");
        }
        return fixture;
    }

    final Storage storage() {
        return fixture().storage();
    }

    final void needs(StorageCapability capability) {
        assumeTrue(fixture().capabilities().contains(capability), () -> "the fixture has no capability " + capability);
    }
}
