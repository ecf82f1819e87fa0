package io.zookit.assembly;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;

/** A large tree with something of everything, written by many requests at a time. Used by one thread. */
final class ManyZnodes {
    private static final int IN_FLIGHT_MAX = 500;
    private static final int DIRECTORIES = 40;
    private static final long TTL_MILLIS = 86_400_000;

    private final List<ZooKeeper> clients;
    private final Random random;
    private final Semaphore room = new Semaphore(IN_FLIGHT_MAX);
    private final AtomicReference<String> failure = new AtomicReference<>();

    private ManyZnodes(List<ZooKeeper> clients, long seed) {
        this.clients = clients;
        this.random = new Random(seed);
    }

    /**
     * Writes below {@code /many}: persistent, sequential and ephemeral znodes, containers and times to live, under lists of all kinds; then
     * changes a part of them. A tenth of the directories has a quota.
     *
     * @param clients the owners of the ephemerals, in turn
     */
    static void fill(List<ZooKeeper> clients, int count, long seed) throws Exception {
        new ManyZnodes(clients, seed).fill(count);
    }

    private void fill(int count) throws Exception {
        ZooKeeper first = clients.get(0);
        first.create("/many", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        for (int i = 0; i < DIRECTORIES; i++) {
            first.create(directory(i), bytes("d" + i), Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            if (i % 10 == 0) {
                Znodes.limit(first, directory(i), 10_000_000);
            }
        }
        List<String> lasting = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            create(i, lasting);
        }
        settle();
        for (int i = 0; i < count / 5; i++) {
            change(lasting);
        }
        settle();
    }

    private static String directory(int number) {
        return "/many/dir" + number % DIRECTORIES;
    }

    private void create(int i, List<String> lasting) throws Exception {
        String path = directory(i) + "/n\u00e4me-" + i;
        ZooKeeper client = clients.get(i % clients.size());
        byte[] data = data();
        CreateMode mode = mode(random.nextInt(20));
        room.acquire();
        if (mode.isTTL()) {
            client.create(
                    path,
                    data,
                    Znodes.acl(random),
                    mode,
                    (code, of, context, name, stat) -> done(code, of),
                    null,
                    TTL_MILLIS);
        } else {
            client.create(
                    path, data, Znodes.acl(random), mode, (code, of, context, name, stat) -> done(code, of), null);
        }
        if (mode == CreateMode.PERSISTENT) {
            lasting.add(path);
        }
    }

    private static CreateMode mode(int chance) {
        return switch (chance) {
            case 0 -> CreateMode.EPHEMERAL;
            case 1 -> CreateMode.EPHEMERAL_SEQUENTIAL;
            case 2 -> CreateMode.PERSISTENT_WITH_TTL;
            case 3 -> CreateMode.CONTAINER;
            case 4, 5 -> CreateMode.PERSISTENT_SEQUENTIAL;
            default -> CreateMode.PERSISTENT;
        };
    }

    private byte[] data() {
        if (random.nextInt(10) == 0) {
            return null;
        }
        byte[] data = new byte[random.nextInt(200)];
        random.nextBytes(data);
        return data;
    }

    private void change(List<String> lasting) throws Exception {
        int at = random.nextInt(lasting.size());
        String path = lasting.get(at);
        // One session alone, because a change has to come after the one before it.
        ZooKeeper client = clients.get(0);
        room.acquire();
        switch (random.nextInt(8)) {
            case 0 -> client.setACL(path, Znodes.acl(random), -1, (code, of, context, stat) -> done(code, of), null);
            case 1 ->
                client.multi(
                        List.of(Op.setData(path, bytes("one"), -1), Op.setData(path, bytes("two"), -1)),
                        (code, of, context, results) -> done(code, path),
                        null);
            case 2 -> {
                lasting.set(at, lasting.get(lasting.size() - 1));
                lasting.remove(lasting.size() - 1);
                client.delete(path, -1, (code, of, context) -> done(code, of), null);
            }
            case 3 ->
                client.create(
                        path + "/child",
                        data(),
                        Ids.OPEN_ACL_UNSAFE,
                        CreateMode.EPHEMERAL_SEQUENTIAL,
                        (code, of, context, name, stat) -> done(code, of),
                        null);
            default -> client.setData(path, data(), -1, (code, of, context, stat) -> done(code, of), null);
        }
    }

    private void done(int code, String path) {
        boolean inUse = code == Code.NOTEMPTY.intValue();
        if (code != Code.OK.intValue() && !inUse) {
            failure.compareAndSet(null, path + ": " + Code.get(code));
        }
        room.release();
    }

    /** Waits for all that is in flight. */
    private void settle() throws InterruptedException {
        if (!room.tryAcquire(IN_FLIGHT_MAX, Running.PATIENCE.toSeconds(), TimeUnit.SECONDS) || failure.get() != null) {
            throw new AssertionError("the tree could not be written: " + failure.get());
        }
        room.release(IN_FLIGHT_MAX);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
