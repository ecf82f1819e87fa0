package io.zookit.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.HashSet;
import java.util.Set;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;

/**
 * Writes numbers in order into one znode and creates one child for each, always {@value #WINDOW} of them in flight, and remembers
 * what was acknowledged. What was sent and not answered may or may not have happened; but since a session's writes happen in
 * order, what is found must be a prefix of what was sent, no shorter than what was acknowledged.
 */
final class Writer {
    private static final int WINDOW = 8;

    private final String home;
    private long sent;
    private long set;
    private long created;
    private boolean stopped;

    Writer(String home) {
        this.home = home;
    }

    /** Starts to write; each acknowledgement sends the next write, on the client's event thread. */
    synchronized void go(ZooKeeper zk, Countdown countdown) {
        stopped = false;
        for (int i = 0; i < WINDOW; i++) {
            sendNext(zk, countdown);
        }
    }

    /** Sends nothing more. */
    synchronized void stop() {
        stopped = true;
    }

    /** How many writes of both kinds were acknowledged in all. */
    synchronized long acknowledged() {
        return set + created;
    }

    /** Looks at what a server has, and goes on from there. */
    synchronized void verify(Client client, String where) throws Exception {
        Stat stat = new Stat();
        long found = Long.parseLong(Client.text(client.zk().getData(home, false, stat)));
        assertTrue(
                set <= found && found <= sent,
                () -> where + ", " + home + ": " + found + " was read, " + set + " was acknowledged, " + sent
                        + " was sent");
        assertEquals(found, stat.getVersion(), () -> where + ", " + home + ": one version for each write");

        Set<String> children = new HashSet<>(client.zk().getChildren(home, false));
        assertEquals(children.size(), stat.getNumChildren(), where);
        assertEquals(children.size(), stat.getCversion(), where);
        for (long number = 1; number <= children.size(); number++) {
            assertTrue(children.contains("n-" + number), where + ", " + home + ": no child " + number);
        }
        long last = children.size();
        assertTrue(
                created <= last && last <= sent,
                () -> where + ", " + home + ": " + last + " children, " + created + " were acknowledged, " + sent
                        + " were sent");
        // A pair is sent together: the number first, then the child. Only the last child may be missing.
        assertTrue(found - last <= 1 && found >= last, where + ", " + home + ": " + found + " against " + last);
        if (last < found) {
            client.zk().create(home + "/n-" + found, null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        }
        sent = found;
        set = found;
        created = found;
    }

    private void sendNext(ZooKeeper zk, Countdown countdown) {
        long number = ++sent;
        zk.setData(
                home,
                Client.bytes(Long.toString(number)),
                -1,
                (code, path, context, stat) -> {
                    if (code == 0) {
                        setAcknowledged(number, stat.getVersion());
                        countdown.acknowledged();
                    }
                },
                null);
        zk.create(
                home + "/n-" + number,
                null,
                Ids.OPEN_ACL_UNSAFE,
                CreateMode.PERSISTENT,
                (code, path, context, name) -> {
                    if (code == 0) {
                        createAcknowledged(number);
                        countdown.acknowledged();
                        another(zk, countdown);
                    }
                },
                null);
    }

    private synchronized void another(ZooKeeper zk, Countdown countdown) {
        if (!stopped) {
            sendNext(zk, countdown);
        }
    }

    private synchronized void setAcknowledged(long number, int version) {
        assertEquals(number, version);
        set = number;
    }

    private synchronized void createAcknowledged(long number) {
        created = number;
    }
}
