package io.zookit.tck;

import io.zookit.spi.storage.CorruptStorageException;
import io.zookit.spi.storage.StorageException;
import io.zookit.spi.storage.ValueStore;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Who tests the contract of values: stores with one bug each, and each has to fail a test of it. */
class BrokenValueStoresAreCaughtTest {
    @TestFactory
    Stream<DynamicTest> everyBugIsCaught() {
        return Stream.of(
                bug("a failed write is swallowed", store -> new Passing(store) {
                    @Override
                    public void put(String name, byte[] value) {
                        try {
                            super.put(name, value);
                        } catch (StorageException e) {
                            // Nobody is told.
                        }
                    }
                }),
                bug("the first value stays", store -> new Passing(store) {
                    @Override
                    public void put(String name, byte[] value) {
                        super.put(name, get(name) == null ? value : get(name));
                    }
                }),
                bug("a damaged value is none", store -> new Passing(store) {
                    @Override
                    public byte[] get(String name) {
                        try {
                            return super.get(name);
                        } catch (CorruptStorageException e) {
                            return null;
                        }
                    }
                }));
    }

    private static DynamicTest bug(String name, UnaryOperator<ValueStore> bug) {
        return ContractVerdict.finds(name, () -> new ValueStoreContract() {
            @Override
            protected StorageFixture newStorage() {
                return ExactStorage.withValues(bug);
            }
        });
    }

    /** Passes everything on. */
    private static class Passing implements ValueStore {
        private final ValueStore sound;

        Passing(ValueStore sound) {
            this.sound = sound;
        }

        @Override
        public byte[] get(String name) {
            return sound.get(name);
        }

        @Override
        public void put(String name, byte[] value) {
            sound.put(name, value);
        }
    }
}
