import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.curator.framework.CuratorFramework;
import org.apache.curator.framework.CuratorFrameworkFactory;
import org.apache.curator.framework.recipes.locks.InterProcessReadWriteLock;
import org.apache.curator.retry.RetryOneTime;

/** A lock for many readers or one writer, with the recipe of Curator: readers meet inside, a writer is alone. */
public class SharedLock {
    private static final String LOCK = "/example-shared-lock";
    private static final int READERS = 3;

    public static void main(String[] arguments) throws Exception {
        ExecutorService threads = Executors.newCachedThreadPool();
        AtomicInteger inside = new AtomicInteger();
        // A reader goes on only when all readers hold the lock at the same time.
        CyclicBarrier allReaders = new CyclicBarrier(READERS);
        List<Future<?>> ends = new ArrayList<>();
        for (int i = 0; i < READERS; i++) {
            ends.add(threads.submit(() -> {
                try (CuratorFramework client = connect(arguments[0])) {
                    InterProcessReadWriteLock lock = new InterProcessReadWriteLock(client, LOCK);
                    lock.readLock().acquire();
                    inside.incrementAndGet();
                    allReaders.await(1, TimeUnit.MINUTES);
                    inside.decrementAndGet();
                    lock.readLock().release();
                }
                return null;
            }));
        }
        await(ends);
        System.out.println(READERS + " readers were inside together");

        for (int i = 0; i < 3; i++) {
            ends.add(threads.submit(() -> {
                try (CuratorFramework client = connect(arguments[0])) {
                    InterProcessReadWriteLock lock = new InterProcessReadWriteLock(client, LOCK);
                    lock.writeLock().acquire();
                    int others = inside.getAndIncrement();
                    Thread.yield();
                    System.out.println("a writer is inside with " + Math.max(others, inside.get() - 1) + " others");
                    inside.decrementAndGet();
                    lock.writeLock().release();
                }
                return null;
            }));
        }
        await(ends);
        threads.shutdown();
        try (CuratorFramework client = connect(arguments[0])) {
            client.delete().deletingChildrenIfNeeded().forPath(LOCK);
        }
    }

    private static CuratorFramework connect(String servers) {
        CuratorFramework client = CuratorFrameworkFactory.newClient(servers, new RetryOneTime(1_000));
        client.start();
        return client;
    }

    private static void await(List<Future<?>> ends) throws Exception {
        for (Future<?> end : ends) {
            end.get(1, TimeUnit.MINUTES);
        }
        ends.clear();
    }
}
