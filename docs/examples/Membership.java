import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;

/** A monitor that knows the machines of a cluster: each machine is an ephemeral znode, and the list of children is the cluster. */
public class Membership {
    private static final String MEMBERS = "/example-members";

    public static void main(String[] arguments) throws Exception {
        try (ZooKeeper monitor = new ZooKeeper(arguments[0], 10_000, event -> {})) {
            monitor.create(MEMBERS, null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            Cluster cluster = new Cluster(monitor);
            ZooKeeper first = join(arguments[0], "machine-1");
            cluster.printChange();
            ZooKeeper second = join(arguments[0], "machine-2");
            cluster.printChange();
            first.close();
            cluster.printChange();
            ZooKeeper third = join(arguments[0], "machine-3");
            cluster.printChange();
            second.close();
            cluster.printChange();
            third.close();
            cluster.printChange();
            monitor.delete(MEMBERS, -1);
        }
    }

    private static ZooKeeper join(String servers, String name) throws Exception {
        ZooKeeper machine = new ZooKeeper(servers, 10_000, event -> {});
        machine.create(MEMBERS + "/" + name, null, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
        return machine;
    }

    /** The list as it was last read; the difference to the next reading says who came and who left. */
    private static final class Cluster {
        private final ZooKeeper monitor;
        private final BlockingQueue<EventType> changes = new LinkedBlockingQueue<>();
        private Set<String> members = Set.of();

        Cluster(ZooKeeper monitor) throws KeeperException, InterruptedException {
            this.monitor = monitor;
            this.members = read();
        }

        void printChange() throws KeeperException, InterruptedException {
            changes.take();
            Set<String> now = read();
            Set<String> joined = new TreeSet<>(now);
            joined.removeAll(members);
            Set<String> left = new TreeSet<>(members);
            left.removeAll(now);
            System.out.println("joined " + joined + ", left " + left + ", now " + now);
            members = now;
        }

        private Set<String> read() throws KeeperException, InterruptedException {
            return new TreeSet<>(monitor.getChildren(MEMBERS, event -> changes.add(event.getType())));
        }
    }
}
