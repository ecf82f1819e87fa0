import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;

/**
 * Workers report how far they are in ephemeral znodes of their own, and a controller follows all of them with one recursive watch,
 * which stays where it is. A report that vanishes before it says "done" means that its worker died, and its task is free again.
 */
public class Progress {
    private static final String TASKS = "/example-tasks";

    public static void main(String[] arguments) throws Exception {
        BlockingQueue<WatchedEvent> events = new LinkedBlockingQueue<>();
        Map<String, String> reports = new LinkedHashMap<>();
        try (ZooKeeper controller = new ZooKeeper(arguments[0], 10_000, event -> {})) {
            controller.create(TASKS, null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            controller.addWatch(TASKS, events::add, AddWatchMode.PERSISTENT_RECURSIVE);
            Map<String, ZooKeeper> workers = new LinkedHashMap<>();
            for (String task : List.of("index", "resize", "send")) {
                ZooKeeper worker = new ZooKeeper(arguments[0], 10_000, event -> {});
                worker.create(TASKS + "/" + task, "0%".getBytes(UTF_8), Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
                workers.put(task, worker);
                hear(controller, events, reports);
            }
            report(workers, "resize", "50%");
            hear(controller, events, reports);
            report(workers, "index", "done");
            hear(controller, events, reports);
            report(workers, "send", "done");
            hear(controller, events, reports);
            for (ZooKeeper worker : workers.values()) {
                worker.close();
                hear(controller, events, reports);
            }
            controller.delete(TASKS, -1);
        }
    }

    private static void report(Map<String, ZooKeeper> workers, String task, String state) throws Exception {
        workers.get(task).setData(TASKS + "/" + task, state.getBytes(UTF_8), -1);
    }

    /** One event; it names the znode, and the controller reads what there is to know. */
    private static void hear(ZooKeeper controller, BlockingQueue<WatchedEvent> events, Map<String, String> reports)
            throws Exception {
        WatchedEvent event = events.take();
        while (event.getType() == EventType.None || event.getPath().equals(TASKS)) {
            event = events.take();
        }
        String task = event.getPath().substring(TASKS.length() + 1);
        if (event.getType() == EventType.NodeDeleted) {
            String last = reports.remove(task);
            System.out.println(last.equals("done") ? task + " is finished" : task + " died at " + last);
        } else {
            reports.put(task, new String(controller.getData(event.getPath(), false, null), UTF_8));
            System.out.println(reports);
        }
    }
}
