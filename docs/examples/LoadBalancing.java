import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;

/**
 * Providers of a service register their addresses as ephemeral znodes; a consumer keeps the list and spreads its calls over it. A
 * provider that ends, however it ends, leaves the list together with its session. Service registries such as Dubbo's have this
 * form: {@code /dubbo/<service>/providers/<address>}.
 */
public class LoadBalancing {
    private static final String SERVICE = "/example-service";
    private static final String PROVIDERS = SERVICE + "/providers";

    public static void main(String[] arguments) throws Exception {
        BlockingQueue<EventType> changes = new LinkedBlockingQueue<>();
        try (ZooKeeper consumer = new ZooKeeper(arguments[0], 10_000, event -> {})) {
            consumer.create(SERVICE, null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            consumer.create(PROVIDERS, null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            List<ZooKeeper> providers = new ArrayList<>();
            for (String address : List.of("10.0.0.1:8080", "10.0.0.2:8080", "10.0.0.3:8080")) {
                ZooKeeper provider = new ZooKeeper(arguments[0], 10_000, event -> {});
                provider.create(PROVIDERS + "/" + address, null, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
                providers.add(provider);
            }
            call(6, list(consumer, changes));

            providers.remove(1).close();
            changes.take();
            call(4, list(consumer, changes));

            for (ZooKeeper provider : providers) {
                provider.close();
            }
            while (!list(consumer, changes).isEmpty()) {
                changes.take();
            }
            System.out.println("nobody is left to call");
            consumer.delete(PROVIDERS, -1);
            consumer.delete(SERVICE, -1);
        }
    }

    /** Reads the list and asks to hear of its next change. */
    private static List<String> list(ZooKeeper consumer, BlockingQueue<EventType> changes) throws Exception {
        return List.copyOf(new TreeSet<>(consumer.getChildren(PROVIDERS, event -> changes.add(event.getType()))));
    }

    private static void call(int times, List<String> providers) {
        for (int call = 0; call < times; call++) {
            System.out.println("call to " + providers.get(call % providers.size()));
        }
    }
}
