import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;

/**
 * Names that are unique in the whole cluster, without anybody who hands them out: the server numbers sequential znodes by a counter
 * of their parent, and a number never comes again, not even after its znode was deleted.
 */
public class Naming {
    private static final String ORDERS = "/example-orders";
    private static final int CLIENTS = 4;
    private static final int NAMES = 25;

    public static void main(String[] arguments) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
        try (ZooKeeper zk = new ZooKeeper(arguments[0], 10_000, event -> {})) {
            zk.create(ORDERS, null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            List<Future<List<String>>> clients = new ArrayList<>();
            for (int client = 0; client < CLIENTS; client++) {
                clients.add(threads.submit(() -> takeNames(arguments[0])));
            }
            TreeSet<String> names = new TreeSet<>();
            for (Future<List<String>> client : clients) {
                names.addAll(client.get());
            }
            System.out.println(names.size() + " different names from " + names.first() + " to " + names.last());
            zk.delete(ORDERS, -1);
        } finally {
            threads.shutdown();
        }
    }

    private static List<String> takeNames(String servers) throws Exception {
        List<String> names = new ArrayList<>();
        try (ZooKeeper zk = new ZooKeeper(servers, 10_000, event -> {})) {
            for (int i = 0; i < NAMES; i++) {
                String path =
                        zk.create(ORDERS + "/order-", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT_SEQUENTIAL);
                names.add(path.substring(ORDERS.length() + 1));
                // The name is taken; the znode is needed no more.
                zk.delete(path, -1);
            }
        }
        return names;
    }
}
