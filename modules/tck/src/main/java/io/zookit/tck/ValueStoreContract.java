package io.zookit.tck;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.zookit.spi.storage.CorruptStorageException;
import io.zookit.spi.storage.StorageException;
import io.zookit.spi.storage.ValueStore;
import org.junit.jupiter.api.Test;

/** What every {@link ValueStore} does: after whatever happens, the old value or the new one is there. */
public abstract class ValueStoreContract extends StorageContract {
    private static final int VALUE_BYTES_MAX = 64 * 1024;

    /** A contract is extended, with one method to implement. */
    protected ValueStoreContract() {}

    private ValueStore values() {
        return storage().values();
    }

    @Test
    void aValueThatWasNeverWrittenIsNotThere() {
        assertNull(values().get("acceptedEpoch"));
    }

    @Test
    void aValueIsKeptUntilItIsReplaced() {
        for (int size : new int[] {4, 0, 1, VALUE_BYTES_MAX, 10}) {
            byte[] value = LogRecords.record(size, size);
            values().put("currentEpoch", value);
            assertArrayEquals(value, values().get("currentEpoch"));
            fixture().reopen();
            assertArrayEquals(value, values().get("currentEpoch"));
        }
    }

    @Test
    void valuesDoNotTouchEachOther() {
        values().put("one", new byte[] {1, 10, 13, 0});
        values().put("two", new byte[] {2});
        values().put("one", new byte[] {3});
        assertArrayEquals(new byte[] {3}, values().get("one"));
        assertArrayEquals(new byte[] {2}, values().get("two"));
        assertNull(values().get("On"));
    }

    @Test
    void callersShareNoArrayWithTheStore() {
        byte[] value = {1, 2, 3};
        values().put("shared", value);
        value[0] = 9;
        byte[] read = values().get("shared");
        assertArrayEquals(new byte[] {1, 2, 3}, read);
        if (read != null) {
            read[1] = 9;
        }
        assertArrayEquals(new byte[] {1, 2, 3}, values().get("shared"));
    }

    @Test
    void namesThatAreNotLettersAreRefused() {
        for (String name : new String[] {"", "a/b", "..", "a.b", "a1", "a b", "\u00e4"}) {
            assertThrows(RuntimeException.class, () -> values().put(name, new byte[1]), name);
            assertThrows(RuntimeException.class, () -> values().get(name), name);
        }
    }

    @Test
    void aValueThatIsTooLargeIsRefused() {
        assertThrows(RuntimeException.class, () -> values().put("large", new byte[VALUE_BYTES_MAX + 1]));
        assertNull(values().get("large"));
    }

    @Test
    void aWrittenValueSurvivesACrash() {
        needs(StorageCapability.CRASH);
        for (int i = 1; i <= 20; i++) {
            byte[] value = LogRecords.record(i, i * 100);
            values().put("epoch", value);
            fixture().crash();
            assertArrayEquals(value, values().get("epoch"));
        }
    }

    @Test
    void aFailedWriteIsReportedAndLeavesTheOldValue() {
        needs(StorageCapability.FAIL_WRITES);
        needs(StorageCapability.CRASH);
        byte[] old = LogRecords.record(1, 100);
        values().put("epoch", old);
        fixture().failWrites();
        assertThrows(StorageException.class, () -> values().put("epoch", LogRecords.record(2, 100)));
        fixture().crash();
        assertArrayEquals(old, values().get("epoch"));
    }

    @Test
    void aDamagedValueIsNotServed() {
        needs(StorageCapability.DAMAGE);
        byte[] value = LogRecords.record(1, 100);
        values().put("epoch", value);
        fixture().damage(value);
        assertThrows(CorruptStorageException.class, () -> {
            fixture().reopen();
            values().get("epoch");
        });
    }
}
