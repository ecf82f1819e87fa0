import java.util.TreeSet;
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
 * A lock that is given in the order in which it was asked for, and with it a fencing number that always rises. A holder can lose its
 * session without noticing (a long pause, a broken network) while the next one already works; what the lock protects therefore
 * refuses every number below the greatest it has seen.
 */
public class OrderedLock {
    private static final String LOCK = "/example-ordered-lock";

    public static void main(String[] arguments) throws Exception {
        try (ZooKeeper zk = new ZooKeeper(arguments[0], 10_000, event -> {})) {
            zk.create(LOCK, null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            Account account = new Account();
            ExecutorService workers = Executors.newCachedThreadPool();
            for (int worker = 0; worker < 4; worker++) {
                workers.submit(() -> {
                    for (int turn = 0; turn < 5; turn++) {
                        work(arguments[0], account);
                    }
                    return null;
                });
            }
            workers.shutdown();
            workers.awaitTermination(1, TimeUnit.MINUTES);
            System.out.println("deposits: " + account.deposits + ", refused: " + account.refused);
            account.deposit(3);
            System.out.println("a late one with number 3, refused: " + account.refused);
            zk.delete(LOCK, -1);
        }
    }

    private static void work(String servers, Account account) throws Exception {
        try (ZooKeeper zk = new ZooKeeper(servers, 10_000, event -> {})) {
            String path = zk.create(LOCK + "/n-", null, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL_SEQUENTIAL);
            String me = path.substring(LOCK.length() + 1);
            awaitMyTurn(zk, me);
            account.deposit(Long.parseLong(me.substring("n-".length())));
            zk.delete(path, -1);
        }
    }

    private static void awaitMyTurn(ZooKeeper zk, String me) throws KeeperException, InterruptedException {
        String before = new TreeSet<>(zk.getChildren(LOCK, false)).lower(me);
        while (before != null) {
            CountDownLatch gone = new CountDownLatch(1);
            if (zk.exists(LOCK + "/" + before, event -> countIfDeleted(gone, event.getType())) != null) {
                gone.await();
            }
            before = new TreeSet<>(zk.getChildren(LOCK, false)).lower(me);
        }
    }

    private static void countIfDeleted(CountDownLatch gone, EventType type) {
        if (type == EventType.NodeDeleted) {
            gone.countDown();
        }
    }

    /** What the lock protects. It has no lock of its own: two holders at once would spoil the count of deposits. */
    private static final class Account {
        private volatile long greatest = -1;
        private volatile int deposits;
        private volatile int refused;

        void deposit(long fencingNumber) {
            if (fencingNumber <= greatest) {
                refused = refused + 1;
                return;
            }
            greatest = fencingNumber;
            int before = deposits;
            Thread.yield();
            deposits = before + 1;
        }
    }
}
