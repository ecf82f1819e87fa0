import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.recipes.barriers.DistributedDoubleBarrier;
import org.apache.curator.retry.RetryOneTime;

/** A computation that begins when all workers are there and is over when all have finished, with the recipe of Curator. */
public class DoubleBarrier {
    private static final String BARRIER = "/example-barrier";
    private static final int WORKERS = 4;

    public static void main(String[] arguments) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(WORKERS);
        AtomicInteger arrived = new AtomicInteger();
        AtomicInteger finished = new AtomicInteger();
        List<Future<String>> workers = new ArrayList<>();
        for (int i = 0; i < WORKERS; i++) {
            workers.add(threads.submit(() -> {
                try (CuratorFramework client =
                        CuratorFrameworkFactory.newClient(arguments[0], new RetryOneTime(1_000))) {
                    client.start();
                    DistributedDoubleBarrier barrier = new DistributedDoubleBarrier(client, BARRIER, WORKERS);
                    arrived.incrementAndGet();
                    barrier.enter();
                    int atTheBeginning = arrived.get();
                    finished.incrementAndGet();
                    barrier.leave();
                    return "began with " + atTheBeginning + ", ended with " + finished.get();
                }
            }));
        }
        for (Future<String> worker : workers) {
            System.out.println(worker.get(1, TimeUnit.MINUTES));
        }
        threads.shutdown();
        try (CuratorFramework client = CuratorFrameworkFactory.newClient(arguments[0], new RetryOneTime(1_000))) {
            client.start();
            client.delete().quietly().deletingChildrenIfNeeded().forPath(BARRIER);
        }
    }
}
