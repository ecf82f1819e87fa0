package io.zookit.consensus.zab;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zookit.model.Acl;
import io.zookit.model.PersistedStat;
import io.zookit.spi.storage.SnapshotStore;
import io.zookit.spi.storage.SnapshotWriter;
import io.zookit.spi.storage.Storage;
import io.zookit.spi.storage.StorageProvider;
import io.zookit.storage.memory.MemoryStorageProvider;
import io.zookit.wire.QuorumMessage;
import io.zookit.zab.Membership;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Who is given a snapshot from behind a reconfiguration keeps the members first: between the two a crash may come. */
@Timeout(180)
class SnapshotMembersTest {
    private static final long ZXID = 0x1_0000_0005L;
    private static final PersistedStat STAT = new PersistedStat(0, 0, 0, 0, 0, 0, 0, 0, 0);

    @TempDir
    private Path directory;

    /** The members that were stored each time a snapshot was about to become durable, of any server. */
    private final List<String> stored = new CopyOnWriteArrayList<>();

    @Test
    void theMembersOfALeadersSnapshotAreDurableBeforeIt() throws IOException {
        StorageProvider storages = watched(StorageProvider.class, new MemoryStorageProvider(), this::watchStorage);
        String members = "server.1=a:2888:3888:participant\nserver.4=d:2888:3888:participant\nversion=100000003";
        try (TestEnsemble ensemble = new TestEnsemble(storages, directory, "participant", "participant", "participant")
                .with("reconfigEnabled", "true")) {
            TinyServer server = ensemble.start(1);
            try (ScriptedLeader leader = new ScriptedLeader(ensemble, 1, ZXID)) {
                leader.say(new QuorumMessage.Snap(ZXID));
                sendState(leader.out(), members);
                Waiting.until(() -> server.reloads() == 1, () -> "the snapshot has taken the place of everything");
            }
            ensemble.stop(1);
            assertEquals(List.of(members), stored);
            // NEWLEADER has never come.
            assertEquals(Membership.parse(members), members(ensemble.start(1)));
        }
    }

    private static void sendState(PacketOutput out, String members) throws IOException {
        try (Storage storage =
                new MemoryStorageProvider().create(new ServerSurroundings(Path.of("leader"), Map.of()))) {
            storage.open();
            try (SnapshotWriter writer = storage.snapshots().write(ZXID)) {
                writer.node("/", null, Acl.OPEN_UNSAFE, STAT);
                writer.node("/zookeeper", null, Acl.OPEN_UNSAFE, STAT);
                writer.node("/zookeeper/config", StandardCharsets.UTF_8.encode(members), Acl.READ_UNSAFE, STAT);
                writer.end(null);
            }
            new SnapshotStream(out).write(storage.snapshots(), ZXID);
        }
        out.flush();
    }

    private static Membership members(TinyServer server) {
        Waiting.until(() -> !server.members().isEmpty(), () -> "the consensus has told who the members are");
        return Membership.parse(server.members());
    }

    // ---- a storage that is looked at while it is used

    private @Nullable Object watchStorage(String method, @Nullable Object result) {
        return result instanceof Storage storage
                ? watched(Storage.class, storage, (name, part) -> watchSnapshots(storage, part))
                : result;
    }

    private @Nullable Object watchSnapshots(Storage storage, @Nullable Object part) {
        return part instanceof SnapshotStore snapshots
                ? watched(SnapshotStore.class, snapshots, (name, made) -> watchWriter(storage, made))
                : part;
    }

    private @Nullable Object watchWriter(Storage storage, @Nullable Object made) {
        return made instanceof SnapshotWriter writer
                ? watched(SnapshotWriter.class, writer, new Watch() {
                    @Override
                    public void before(String method) {
                        if (method.equals("end")) {
                            byte[] members = storage.values().get("membership");
                            stored.add(members == null ? "" : new String(members, StandardCharsets.UTF_8));
                        }
                    }

                    @Override
                    public @Nullable Object after(String method, @Nullable Object result) {
                        return result;
                    }
                })
                : made;
    }

    /** Looks at each call before it is made and after. */
    private interface Watch {
        default void before(String method) {}

        /** What the caller gets. */
        @Nullable
        Object after(String method, @Nullable Object result);
    }

    private static <T> T watched(Class<T> type, T inner, Watch watch) {
        Object proxy =
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (self, method, arguments) -> {
                    watch.before(method.getName());
                    try {
                        return watch.after(method.getName(), method.invoke(inner, arguments));
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return type.cast(proxy);
    }
}
