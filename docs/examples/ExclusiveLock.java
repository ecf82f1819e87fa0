import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;

/**
 * The simplest lock: whoever creates the znode has it, all others wait for its deletion and try again. It is as good as its waiters
 * are few, since each release wakes all of them and nobody is the next; see OrderedLock for many.
 */
public class ExclusiveLock {
    private static final String LOCK = "/example-lock";
    private static final int WORKERS = 3;
    private static final int TURNS = 5;

    /** Guarded by nothing but the lock in the server. */
    private static int counter;

    public static void main(String[] arguments) throws Exception {
        ExecutorService workers = Executors.newFixedThreadPool(WORKERS);
        for (int worker = 0; worker < WORKERS; worker++) {
            workers.submit(() -> {
                work(arguments[0]);
                return null;
            });
        }
        workers.shutdown();
        workers.awaitTermination(1, TimeUnit.MINUTES);
        System.out.println(counter + " turns of " + WORKERS * TURNS + " were counted");
    }

    private static void work(String servers) throws Exception {
        try (ZooKeeper zk = new ZooKeeper(servers, 10_000, event -> {})) {
            for (int turn = 0; turn < TURNS; turn++) {
                lock(zk);
                int before = counter;
                Thread.yield();
                counter = before + 1;
                zk.delete(LOCK, -1);
            }
        }
    }

    private static void lock(ZooKeeper zk) throws KeeperException, InterruptedException {
        while (true) {
            try {
                // Ephemeral: the lock of a worker that dies is released with its session.
                zk.create(LOCK, null, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
                return;
            } catch (KeeperException.NodeExistsException taken) {
                CountDownLatch released = new CountDownLatch(1);
                if (zk.exists(LOCK, event -> countIfDeleted(released, event.getType())) != null) {
                    released.await();
                }
            }
        }
    }

    private static void countIfDeleted(CountDownLatch released, EventType type) {
        if (type == EventType.NodeDeleted) {
            released.countDown();
        }
    }
}
