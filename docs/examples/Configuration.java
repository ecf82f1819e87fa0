import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;

/**
 * A configuration that is published in one place and followed in many. The event says only that something changed; the
 * subscriber then reads, and watches again in the same request, so that no change can slip in between. Of several quick changes
 * a subscriber may see only the last: what counts is where it ends.
 */
public class Configuration {
    private static final String PATH = "/example-configuration";
    private static final int REVISIONS = 5;

    public static void main(String[] arguments) throws Exception {
        try (ZooKeeper publisher = new ZooKeeper(arguments[0], 10_000, event -> {})) {
            publisher.create(PATH, "limit=0".getBytes(UTF_8), Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            List<Subscriber> subscribers = new ArrayList<>();
            for (String name : List.of("web", "mail", "billing")) {
                subscribers.add(new Subscriber(name, arguments[0]));
            }
            for (int revision = 1; revision <= REVISIONS; revision++) {
                // The version makes sure that nobody else has published in the meantime.
                publisher.setData(PATH, ("limit=" + revision * 100).getBytes(UTF_8), revision - 1);
            }
            for (Subscriber subscriber : subscribers) {
                subscriber.upToDate.await();
                System.out.println(subscriber.name + " uses " + subscriber.configuration);
                subscriber.zk.close();
            }
            publisher.delete(PATH, -1);
        }
    }

    private static final class Subscriber {
        private final String name;
        private final ZooKeeper zk;
        private final CountDownLatch upToDate = new CountDownLatch(1);
        private volatile String configuration;

        Subscriber(String name, String servers) throws Exception {
            this.name = name;
            this.zk = new ZooKeeper(servers, 10_000, event -> {});
            readAndWatch();
        }

        private void readAndWatch() throws KeeperException, InterruptedException {
            Stat stat = new Stat();
            byte[] data = zk.getData(
                    PATH,
                    event -> {
                        if (event.getPath() != null && upToDate.getCount() > 0) {
                            try {
                                readAndWatch();
                            } catch (KeeperException | InterruptedException e) {
                                throw new IllegalStateException("no configuration for " + name, e);
                            }
                        }
                    },
                    stat);
            configuration = new String(data, UTF_8);
            if (stat.getVersion() == REVISIONS) {
                upToDate.countDown();
            }
        }
    }
}
