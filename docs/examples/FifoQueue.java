import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.TreeSet;
import java.util.concurrent.CountDownLatch;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;

/**
 * A queue that keeps its order and survives the death of whoever uses it: entries are persistent sequential znodes, and an entry
 * belongs to whoever manages to delete it. Good for a few thousand entries; it is no message broker.
 */
public class FifoQueue {
    private static final String QUEUE = "/example-queue";

    public static void main(String[] arguments) throws Exception {
        try (ZooKeeper consumer = new ZooKeeper(arguments[0], 10_000, event -> {})) {
            consumer.create(QUEUE, null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            put(arguments[0], "one", "two", "three");
            System.out.println("taken: " + take(consumer));
            System.out.println("taken: " + take(consumer));
            // The first producer is long gone, and what it left is still in front of what comes now.
            put(arguments[0], "four");
            System.out.println("taken: " + take(consumer));
            System.out.println("taken: " + take(consumer));

            Thread late = new Thread(() -> put(arguments[0], "five"));
            late.start();
            System.out.println("waited for: " + take(consumer));
            late.join();
            consumer.delete(QUEUE, -1);
        }
    }

    private static void put(String servers, String... entries) {
        try (ZooKeeper producer = new ZooKeeper(servers, 10_000, event -> {})) {
            for (String entry : entries) {
                producer.create(
                        QUEUE + "/n-", entry.getBytes(UTF_8), Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT_SEQUENTIAL);
            }
        } catch (Exception e) {
            throw new IllegalStateException("not all of " + String.join(", ", entries) + " was put", e);
        }
    }

    /** Takes the oldest entry, and waits while there is none. */
    private static String take(ZooKeeper consumer) throws KeeperException, InterruptedException {
        while (true) {
            CountDownLatch changed = new CountDownLatch(1);
            for (String name : new TreeSet<>(consumer.getChildren(QUEUE, event -> changed.countDown()))) {
                String path = QUEUE + "/" + name;
                try {
                    byte[] entry = consumer.getData(path, false, null);
                    consumer.delete(path, -1);
                    return new String(entry, UTF_8);
                } catch (KeeperException.NoNodeException taken) {
                    // Another consumer was quicker: the next one, then.
                }
            }
            changed.await();
        }
    }
}
