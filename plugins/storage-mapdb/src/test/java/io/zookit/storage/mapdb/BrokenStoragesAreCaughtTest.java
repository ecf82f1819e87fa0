package io.zookit.storage.mapdb;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.model.Acl;
import io.zookit.model.PersistedStat;
import io.zookit.spi.storage.CorruptStorageException;
import io.zookit.spi.storage.LogReader;
import io.zookit.spi.storage.SnapshotSink;
import io.zookit.spi.storage.SnapshotStore;
import io.zookit.spi.storage.SnapshotWriter;
import io.zookit.spi.storage.Storage;
import io.zookit.spi.storage.StorageException;
import io.zookit.spi.storage.TransactionLog;
import io.zookit.spi.storage.ValueStore;
import io.zookit.tck.LogStoreContract;
import io.zookit.tck.SnapshotStoreContract;
import io.zookit.tck.StorageFixture;
import io.zookit.tck.ValueStoreContract;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.opentest4j.TestAbortedException;

/** Who tests the contracts: storages with one bug each, and every bug has to fail at least one test of its contract. */
final class BrokenStoragesAreCaughtTest {
    @TestFactory
    Stream<DynamicTest> everyBugOfALogIsCaught() {
        return Stream.of(
                bug(
                        "a sync does nothing",
                        () -> logs(log -> new Log(log) {
                            @Override
                            public void sync() {}
                        })),
                bug(
                        "every tenth sync does nothing",
                        () -> logs(log -> new Log(log) {
                            private int count;

                            @Override
                            public void sync() {
                                if (++count % 10 != 0) {
                                    super.sync();
                                }
                            }
                        })),
                bug(
                        "a failed write is swallowed",
                        () -> logs(log -> new Log(log) {
                            @Override
                            public void sync() {
                                try {
                                    super.sync();
                                } catch (StorageException e) {
                                    // Nobody is told.
                                }
                            }
                        })),
                bug(
                        "bytes are changed",
                        () -> logs(log -> new Log(log) {
                            @Override
                            public void append(long zxid, byte[] record) {
                                byte[] copy = record.clone();
                                if (copy.length > 60_000) {
                                    copy[copy.length - 1]++;
                                }
                                super.append(zxid, copy);
                            }
                        })),
                bug(
                        "two records change places",
                        () -> logs(log -> new Log(log) {
                            private byte[] held = new byte[0];

                            @Override
                            public void append(long zxid, byte[] record) {
                                super.append(zxid, held);
                                held = record;
                            }
                        })),
                bug(
                        "a cut does nothing",
                        () -> logs(log -> new Log(log) {
                            @Override
                            public void truncateAfter(long zxid) {}
                        })),
                bug(
                        "a cut cuts one too many",
                        () -> logs(log -> new Log(log) {
                            @Override
                            public void truncateAfter(long zxid) {
                                super.truncateAfter(zxid > 20 && zxid < 40 ? zxid - 1 : zxid);
                            }
                        })),
                bug(
                        "a cut where there is nothing is not reported",
                        () -> logs(log -> new Log(log) {
                            @Override
                            public void truncateAfter(long zxid) {
                                if (zxid <= lastZxid()) {
                                    super.truncateAfter(zxid);
                                }
                            }
                        })),
                bug(
                        "a failed cut is swallowed",
                        () -> logs(log -> new Log(log) {
                            @Override
                            public void truncateAfter(long zxid) {
                                try {
                                    super.truncateAfter(zxid);
                                } catch (StorageException e) {
                                    // Nobody is told.
                                }
                            }
                        })),
                bug(
                        "reading starts one too late",
                        () -> logs(log -> new Log(log) {
                            @Override
                            public LogReader read(long afterZxid) {
                                return super.read(afterZxid == 0 ? 0 : afterZxid + 1);
                            }
                        })),
                bug(
                        "a purge drops one too many",
                        () -> logs(log -> new Log(log) {
                            @Override
                            public void purgeBefore(long zxid) {
                                super.purgeBefore(zxid + 20);
                            }
                        })),
                bug(
                        "what was not synced is visible",
                        () -> logs(log -> new Log(log) {
                            @Override
                            public void append(long zxid, byte[] record) {
                                super.append(zxid, record);
                                super.sync();
                            }
                        })));
    }

    @TestFactory
    Stream<DynamicTest> everyBugOfASnapshotStoreIsCaught() {
        return Stream.of(
                bug(
                        "a stale snapshot stays",
                        () -> snapshots(store -> new Snapshots(store) {
                            @Override
                            public SnapshotWriter write(long zxid) {
                                return super.write(zxids().contains(zxid) ? zxid + 1_000 : zxid);
                            }
                        })),
                bug(
                        "the digest is lost",
                        () -> snapshots(store -> new Snapshots(store) {
                            @Override
                            public void read(long zxid, SnapshotSink sink) {
                                super.read(zxid, new Sink(sink) {
                                    @Override
                                    public void end(Long digest) {
                                        super.end(null);
                                    }
                                });
                            }
                        })),
                bug(
                        "no data becomes empty data",
                        () -> snapshots(store -> new Snapshots(store) {
                            @Override
                            public void read(long zxid, SnapshotSink sink) {
                                super.read(zxid, new Sink(sink) {
                                    @Override
                                    public void node(String path, ByteBuffer data, List<Acl> acl, PersistedStat stat) {
                                        super.node(path, data == null ? ByteBuffer.allocate(0) : data, acl, stat);
                                    }
                                });
                            }
                        })),
                bug(
                        "damage is swallowed",
                        () -> snapshots(store -> new Snapshots(store) {
                            @Override
                            public void read(long zxid, SnapshotSink sink) {
                                try {
                                    super.read(zxid, sink);
                                } catch (CorruptStorageException e) {
                                    sink.end(null);
                                }
                            }
                        })),
                bug(
                        "the oldest are listed first",
                        () -> snapshots(store -> new Snapshots(store) {
                            @Override
                            public List<Long> zxids() {
                                return super.zxids().stream().sorted().toList();
                            }
                        })),
                bug(
                        "one too many is deleted",
                        () -> snapshots(store -> new Snapshots(store) {
                            @Override
                            public long retain(int count) {
                                return super.retain(Math.max(1, count - 1));
                            }
                        })),
                bug(
                        "nothing is deleted",
                        () -> snapshots(store -> new Snapshots(store) {
                            @Override
                            public long retain(int count) {
                                List<Long> zxids = zxids();
                                return zxids.isEmpty() ? 0 : zxids.get(Math.min(count, zxids.size()) - 1);
                            }
                        })));
    }

    @TestFactory
    Stream<DynamicTest> everyBugOfAValueStoreIsCaught() {
        return Stream.of(
                bug(
                        "a failed write is swallowed",
                        () -> values(store -> new Values(store) {
                            @Override
                            public void put(String name, byte[] value) {
                                try {
                                    super.put(name, value);
                                } catch (StorageException e) {
                                    // Nobody is told.
                                }
                            }
                        })),
                bug(
                        "the first value stays",
                        () -> values(store -> new Values(store) {
                            @Override
                            public void put(String name, byte[] value) {
                                super.put(name, get(name) == null ? value : get(name));
                            }
                        })),
                bug(
                        "a damaged value is none",
                        () -> values(store -> new Values(store) {
                            @Override
                            public byte[] get(String name) {
                                try {
                                    return super.get(name);
                                } catch (CorruptStorageException e) {
                                    return null;
                                }
                            }
                        })));
    }

    @Test
    void aStorageWithoutABugPasses() throws Exception {
        assertEquals(Optional.empty(), failure(() -> logs(UnaryOperator.identity())));
        assertEquals(Optional.empty(), failure(() -> snapshots(UnaryOperator.identity())));
        assertEquals(Optional.empty(), failure(() -> values(UnaryOperator.identity())));
    }

    private static DynamicTest bug(String name, Supplier<Object> contract) {
        return DynamicTest.dynamicTest(
                name, () -> assertTrue(failure(contract).isPresent(), "no test of the contract notices it"));
    }

    /** Runs the tests of a contract until one fails, and answers that. */
    private static Optional<String> failure(Supplier<Object> contracts) throws Exception {
        for (Method test : contracts.get().getClass().getSuperclass().getDeclaredMethods()) {
            if (!test.isAnnotationPresent(Test.class)) {
                continue;
            }
            Object contract = contracts.get();
            Class<?> base = contract.getClass().getSuperclass().getSuperclass();
            invoke(base.getDeclaredMethod("openStorage"), contract);
            try {
                invoke(test, contract);
            } catch (TestAbortedException skipped) {
                return Optional.of(test.getName() + " was skipped");
            } catch (Exception | AssertionError e) {
                return Optional.of(test.getName() + ": " + e);
            } finally {
                invoke(base.getDeclaredMethod("closeStorage"), contract);
            }
        }
        return Optional.empty();
    }

    private static void invoke(Method method, Object target) throws Exception {
        method.setAccessible(true);
        try {
            method.invoke(target);
        } catch (InvocationTargetException e) {
            if (e.getCause() instanceof Exception exception) {
                throw exception;
            }
            throw (Error) e.getCause();
        }
    }

    private static LogStoreContract logs(UnaryOperator<TransactionLog> bug) {
        return new LogStoreContract() {
            @Override
            protected StorageFixture newStorage() {
                return new BrokenFixture(bug, UnaryOperator.identity(), UnaryOperator.identity());
            }
        };
    }

    private static SnapshotStoreContract snapshots(UnaryOperator<SnapshotStore> bug) {
        return new SnapshotStoreContract() {
            @Override
            protected StorageFixture newStorage() {
                return new BrokenFixture(UnaryOperator.identity(), bug, UnaryOperator.identity());
            }
        };
    }

    private static ValueStoreContract values(UnaryOperator<ValueStore> bug) {
        return new ValueStoreContract() {
            @Override
            protected StorageFixture newStorage() {
                return new BrokenFixture(UnaryOperator.identity(), UnaryOperator.identity(), bug);
            }
        };
    }

    /** A storage with a bug put around one of its parts each time it is opened. */
    private static final class BrokenFixture implements StorageFixture {
        private final SimulatedFixture sound = new SimulatedFixture();
        private final UnaryOperator<TransactionLog> logBug;
        private final UnaryOperator<SnapshotStore> snapshotBug;
        private final UnaryOperator<ValueStore> valueBug;
        private Storage broken;

        BrokenFixture(
                UnaryOperator<TransactionLog> logBug,
                UnaryOperator<SnapshotStore> snapshotBug,
                UnaryOperator<ValueStore> valueBug) {
            this.logBug = logBug;
            this.snapshotBug = snapshotBug;
            this.valueBug = valueBug;
            this.broken = breaking(sound.storage());
        }

        private Storage breaking(Storage storage) {
            TransactionLog log = logBug.apply(storage.log());
            SnapshotStore snapshots = snapshotBug.apply(storage.snapshots());
            ValueStore values = valueBug.apply(storage.values());
            return new Parts(storage, log, snapshots, values);
        }

        @Override
        public Storage storage() {
            return broken;
        }

        @Override
        public Storage reopen() {
            broken = breaking(sound.reopen());
            return broken;
        }

        @Override
        public Storage crash() {
            broken = breaking(sound.crash());
            return broken;
        }

        @Override
        public void failWrites() {
            sound.failWrites();
        }

        @Override
        public void damage(byte[] content) {
            sound.damage(content);
        }

        @Override
        public void close() {
            sound.close();
        }
    }

    private record Parts(Storage whole, TransactionLog log, SnapshotStore snapshots, ValueStore values)
            implements Storage {
        @Override
        public void open() {}

        @Override
        public List<String> repairs() {
            return whole.repairs();
        }

        @Override
        public String location() {
            return whole.location();
        }

        @Override
        public void close() {
            whole.close();
        }
    }

    private static class Log implements TransactionLog {
        private final TransactionLog sound;

        Log(TransactionLog sound) {
            this.sound = sound;
        }

        @Override
        public long firstZxid() {
            return sound.firstZxid();
        }

        @Override
        public long lastZxid() {
            return sound.lastZxid();
        }

        @Override
        public void append(long zxid, byte[] record) {
            sound.append(zxid, record);
        }

        @Override
        public void sync() {
            sound.sync();
        }

        @Override
        public LogReader read(long afterZxid) {
            return sound.read(afterZxid);
        }

        @Override
        public void truncateAfter(long zxid) {
            sound.truncateAfter(zxid);
        }

        @Override
        public void roll() {
            sound.roll();
        }

        @Override
        public void purgeBefore(long zxid) {
            sound.purgeBefore(zxid);
        }
    }

    private static class Snapshots implements SnapshotStore {
        private final SnapshotStore sound;

        Snapshots(SnapshotStore sound) {
            this.sound = sound;
        }

        @Override
        public List<Long> zxids() {
            return sound.zxids();
        }

        @Override
        public SnapshotWriter write(long zxid) {
            return sound.write(zxid);
        }

        @Override
        public void read(long zxid, SnapshotSink sink) {
            sound.read(zxid, sink);
        }

        @Override
        public long retain(int count) {
            return sound.retain(count);
        }
    }

    private static class Sink implements SnapshotSink {
        private final SnapshotSink sound;

        Sink(SnapshotSink sound) {
            this.sound = sound;
        }

        @Override
        public void session(long id, int timeoutMillis) {
            sound.session(id, timeoutMillis);
        }

        @Override
        public void node(String path, ByteBuffer data, List<Acl> acl, PersistedStat stat) {
            sound.node(path, data, acl, stat);
        }

        @Override
        public void end(Long digest) {
            sound.end(digest);
        }
    }

    private static class Values implements ValueStore {
        private final ValueStore sound;

        Values(ValueStore sound) {
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
