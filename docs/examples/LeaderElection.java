import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Watcher.Event.EventType;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;

/**
 * Who has the smallest number leads. Each candidate watches the one just before itself and nobody else, so that the end of a leader
 * wakes one candidate and not all of them. The end of a candidate that does not lead makes its successor look again.
 */
public class LeaderElection {
    private static final String ELECTION = "/example-election";

    public static void main(String[] arguments) throws Exception {
        BlockingQueue<Candidate> elected = new LinkedBlockingQueue<>();
        try (ZooKeeper zk = new ZooKeeper(arguments[0], 10_000, event -> {})) {
            zk.create(ELECTION, null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            List<Candidate> candidates = new ArrayList<>();
            for (String name : List.of("anna", "ben", "carla", "dora")) {
                candidates.add(new Candidate(name, arguments[0], elected));
            }
            candidates.get(1).zk.close();
            System.out.println("ben leaves before his turn");
            for (int term = 0; term < 3; term++) {
                Candidate leader = elected.take();
                System.out.println(leader.name + " leads" + (elected.isEmpty() ? "" : ", and so does somebody else!"));
                leader.zk.close();
            }
            zk.delete(ELECTION, -1);
        }
    }

    private static final class Candidate {
        private final String name;
        private final ZooKeeper zk;
        private final BlockingQueue<Candidate> elected;
        private final String me;

        Candidate(String name, String servers, BlockingQueue<Candidate> elected) throws Exception {
            this.name = name;
            this.elected = elected;
            this.zk = new ZooKeeper(servers, 10_000, event -> {});
            String path = zk.create(ELECTION + "/n-", null, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL_SEQUENTIAL);
            this.me = path.substring(ELECTION.length() + 1);
            lookAtTheOneBefore();
        }

        private void lookAtTheOneBefore() throws KeeperException, InterruptedException {
            while (true) {
                String before = new TreeSet<>(zk.getChildren(ELECTION, false)).lower(me);
                if (before == null) {
                    elected.add(this);
                    return;
                }
                if (zk.exists(ELECTION + "/" + before, event -> beforeIsGone(event.getType())) != null) {
                    return;
                }
                // It went between the two requests: look again.
            }
        }

        private void beforeIsGone(EventType type) {
            if (type == EventType.NodeDeleted) {
                try {
                    lookAtTheOneBefore();
                } catch (KeeperException | InterruptedException e) {
                    throw new IllegalStateException(name + " does not know whether it leads", e);
                }
            }
        }
    }
}
