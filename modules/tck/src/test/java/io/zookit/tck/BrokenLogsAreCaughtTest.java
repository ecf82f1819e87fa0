package io.zookit.tck;

import io.zookit.spi.storage.LogReader;
import io.zookit.spi.storage.StorageException;
import io.zookit.spi.storage.TransactionLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Who tests the contract of the log: logs with one bug each, and each has to fail a test of it. */
class BrokenLogsAreCaughtTest {
    @TestFactory
    Stream<DynamicTest> everyBugIsCaught() {
        return Stream.of(
                bug("a sync does nothing", log -> new Passing(log) {
                    @Override
                    public void sync() {}
                }),
                bug("every tenth sync does nothing", log -> new Passing(log) {
                    private int count;

                    @Override
                    public void sync() {
                        if (++count % 10 != 0) {
                            super.sync();
                        }
                    }
                }),
                bug("a failed write is swallowed", log -> new Passing(log) {
                    @Override
                    public void append(long zxid, byte[] record) {
                        try {
                            super.append(zxid, record);
                        } catch (StorageException e) {
                            // Nobody is told.
                        }
                    }

                    @Override
                    public void sync() {
                        try {
                            super.sync();
                        } catch (StorageException e) {
                            // Nobody is told.
                        }
                    }
                }),
                bug("bytes are changed", log -> new Passing(log) {
                    @Override
                    public void append(long zxid, byte[] record) {
                        byte[] copy = record.clone();
                        if (copy.length > 60_000) {
                            copy[copy.length - 1]++;
                        }
                        super.append(zxid, copy);
                    }
                }),
                bug("two records of one sync change places", log -> new Passing(log) {
                    private final List<Map.Entry<Long, byte[]>> held = new ArrayList<>();

                    @Override
                    public void append(long zxid, byte[] record) {
                        held.add(Map.entry(zxid, record));
                    }

                    @Override
                    public void sync() {
                        for (int i = 0; i < held.size(); i++) {
                            int from = held.size() < 3 ? i : i == 1 ? 2 : i == 2 ? 1 : i;
                            super.append(held.get(i).getKey(), held.get(from).getValue());
                        }
                        held.clear();
                        super.sync();
                    }
                }),
                bug("a cut does nothing", log -> new Passing(log) {
                    @Override
                    public void truncateAfter(long zxid) {}
                }),
                bug("a cut cuts one too many", log -> new Passing(log) {
                    @Override
                    public void truncateAfter(long zxid) {
                        super.truncateAfter(zxid > 20 && zxid < 40 ? zxid - 1 : zxid);
                    }
                }),
                bug("a cut where there is nothing is not reported", log -> new Passing(log) {
                    @Override
                    public void truncateAfter(long zxid) {
                        if (zxid <= lastZxid()) {
                            super.truncateAfter(zxid);
                        }
                    }
                }),
                bug("a failed cut is swallowed", log -> new Passing(log) {
                    @Override
                    public void truncateAfter(long zxid) {
                        try {
                            super.truncateAfter(zxid);
                        } catch (StorageException e) {
                            // Nobody is told.
                        }
                    }
                }),
                bug("reading starts one too late", log -> new Passing(log) {
                    @Override
                    public LogReader read(long afterZxid) {
                        return super.read(afterZxid == 0 ? 0 : afterZxid + 1);
                    }
                }),
                bug("a purge drops one too many", log -> new Passing(log) {
                    @Override
                    public void purgeBefore(long zxid) {
                        super.purgeBefore(zxid + 20);
                    }
                }),
                bug("what was not synced is visible", log -> new Passing(log) {
                    @Override
                    public void append(long zxid, byte[] record) {
                        super.append(zxid, record);
                        super.sync();
                    }
                }));
    }

    /** Nothing but a crash shows it: until then, all that was synced can be read. */
    @TestFactory
    Stream<DynamicTest> aTailThatIsLostWithThePowerIsMissed() {
        return Stream.of(ContractVerdict.finds("what was synced stays in the page cache", () -> new LogStoreContract() {
            @Override
            protected StorageFixture newStorage() {
                return ExactStorage.withLostTail();
            }
        }));
    }

    private static DynamicTest bug(String name, UnaryOperator<TransactionLog> bug) {
        return ContractVerdict.finds(name, () -> new LogStoreContract() {
            @Override
            protected StorageFixture newStorage() {
                return ExactStorage.withLog(bug);
            }
        });
    }

    /** Passes everything on. */
    private static class Passing implements TransactionLog {
        private final TransactionLog sound;

        Passing(TransactionLog sound) {
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
}
