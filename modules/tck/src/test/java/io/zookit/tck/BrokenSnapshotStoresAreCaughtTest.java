package io.zookit.tck;

import io.zookit.model.Acl;
import io.zookit.model.PersistedStat;
import io.zookit.spi.storage.CorruptStorageException;
import io.zookit.spi.storage.SnapshotSink;
import io.zookit.spi.storage.SnapshotStore;
import io.zookit.spi.storage.SnapshotWriter;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Who tests the contract of snapshots: stores with one bug each, and each has to fail a test of it. */
class BrokenSnapshotStoresAreCaughtTest {
    @TestFactory
    Stream<DynamicTest> everyBugIsCaught() {
        return Stream.of(
                bug("an older snapshot is read in place of the one asked for", store -> new Passing(store) {
                    @Override
                    public void read(long zxid, SnapshotSink sink) {
                        super.read(zxids().contains(zxid) ? zxids().get(zxids().size() - 1) : zxid, sink);
                    }
                }),
                bug("the first snapshot of a zxid stays", store -> new Passing(store) {
                    @Override
                    public SnapshotWriter write(long zxid) {
                        return super.write(zxids().contains(zxid) ? zxid + 1_000 : zxid);
                    }
                }),
                bug("the digest is lost", store -> new Passing(store) {
                    @Override
                    public void read(long zxid, SnapshotSink sink) {
                        super.read(zxid, new Sink(sink) {
                            @Override
                            public void end(Long digest) {
                                super.end(null);
                            }
                        });
                    }
                }),
                bug("no data becomes empty data", store -> new Passing(store) {
                    @Override
                    public void read(long zxid, SnapshotSink sink) {
                        super.read(zxid, new Sink(sink) {
                            @Override
                            public void node(String path, ByteBuffer data, List<Acl> acl, PersistedStat stat) {
                                super.node(path, data == null ? ByteBuffer.allocate(0) : data, acl, stat);
                            }
                        });
                    }
                }),
                bug("damage is swallowed", store -> new Passing(store) {
                    @Override
                    public void read(long zxid, SnapshotSink sink) {
                        try {
                            super.read(zxid, sink);
                        } catch (CorruptStorageException e) {
                            sink.end(null);
                        }
                    }
                }),
                bug("the oldest are listed first", store -> new Passing(store) {
                    @Override
                    public List<Long> zxids() {
                        return super.zxids().stream().sorted().toList();
                    }
                }),
                bug("one too many is deleted", store -> new Passing(store) {
                    @Override
                    public long retain(int count) {
                        return super.retain(Math.max(1, count - 1));
                    }
                }),
                bug("nothing is deleted", store -> new Passing(store) {
                    @Override
                    public long retain(int count) {
                        List<Long> zxids = zxids();
                        return zxids.isEmpty() ? 0 : zxids.get(Math.min(count, zxids.size()) - 1);
                    }
                }));
    }

    private static DynamicTest bug(String name, UnaryOperator<SnapshotStore> bug) {
        return ContractVerdict.finds(name, () -> new SnapshotStoreContract() {
            @Override
            protected StorageFixture newStorage() {
                return ExactStorage.withSnapshots(bug);
            }
        });
    }

    /** Passes everything on. */
    private static class Passing implements SnapshotStore {
        private final SnapshotStore sound;

        Passing(SnapshotStore sound) {
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

    /** Passes everything on. */
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
}
