package io.zookit.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;

/**
 * Clients that create one numbered znode after the other, whatever happens to the servers, and remember which were acknowledged. Nothing
 * is ever tried again under the same number. Each holds an ephemeral too, and all of them keep their sessions to the end.
 */
final class Ledger implements AutoCloseable {
    private static final String ROOT = "/ledger";
    private static final int WINDOW = 8;

    /** How many more are written than somebody waits for: enough to be under load whatever happens next, and no more. */
    private static final int AHEAD = 2_000;

    /** Long enough for all servers to be away, on a busy machine: a client gives its session up by itself. */
    static final int SESSION_TIMEOUT_MILLIS = 60_000;

    private final List<Scribe> scribes = new ArrayList<>();

    private Ledger() {}

    /** Lets clients begin. */
    static Ledger start(String connectString, int clients) throws Exception {
        Ledger ledger = new Ledger();
        for (int i = 0; i < clients; i++) {
            Client client = Client.connect(connectString, SESSION_TIMEOUT_MILLIS);
            if (i == 0) {
                client.zk().create(ROOT, null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            }
            ledger.scribes.add(new Scribe(client, ROOT + "/" + i));
        }
        ledger.allow(AHEAD);
        return ledger;
    }

    private void allow(int more) {
        scribes.forEach(scribe -> scribe.allow(more / scribes.size()));
    }

    /** How many znodes were acknowledged in all. */
    long acknowledged() {
        return scribes.stream().mapToLong(Scribe::acknowledged).sum();
    }

    private String clients() {
        return scribes.stream().map(Scribe::text).toList().toString();
    }

    /** Waits for more acknowledgements, from now on. */
    void awaitMore(int count, Ensemble ensemble) throws Exception {
        long enough = acknowledged() + count;
        allow(count + AHEAD);
        Waiting.until(
                () -> {
                    scribes.forEach(scribe -> scribe.throwProblem(ensemble));
                    return acknowledged() >= enough;
                },
                () -> "there are " + enough + " acknowledged writes, not " + acknowledged() + "; the clients: "
                        + clients() + "\n" + ensemble.text());
    }

    /** Lets the clients send no more, and waits for what they have sent. */
    void stop(Ensemble ensemble) throws Exception {
        scribes.forEach(Scribe::stop);
        for (Scribe scribe : scribes) {
            Waiting.until(scribe::isIdle, () -> "everything sent was answered\n" + ensemble.text());
            scribe.throwProblem(ensemble);
        }
    }

    /** Compares with what a server has. */
    void verify(ZooKeeper server, String where) throws Exception {
        for (Scribe scribe : scribes) {
            scribe.verify(server, where);
        }
    }

    @Override
    public void close() {
        scribes.forEach(Scribe::stop);
        scribes.parallelStream().forEach(scribe -> scribe.client.close());
    }

    private static final class Scribe {
        private final Client client;
        private final String home;
        private final long session;
        private final BitSet acknowledged = new BitSet();
        private int sent;
        private int inFlight;
        private int allowed;
        private boolean stopped;
        private String problem = "";

        Scribe(Client client, String home) throws Exception {
            this.client = client;
            this.home = home;
            this.session = client.zk().getSessionId();
            client.zk().create(home, null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            client.zk().create(home + "/alive", null, Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
            client.zk().register(event -> {
                if (event.getState() == KeeperState.SyncConnected) {
                    fill();
                }
            });
        }

        /** Lets so many more be sent, from now. */
        synchronized void allow(int more) {
            allowed = sent + more;
            fill();
        }

        private synchronized void fill() {
            while (!stopped && inFlight < WINDOW && sent < allowed) {
                sendNext();
            }
        }

        private void sendNext() {
            int number = sent++;
            inFlight++;
            client.zk()
                    .create(
                            home + "/n-" + number,
                            Client.bytes(Integer.toString(number)),
                            Ids.OPEN_ACL_UNSAFE,
                            CreateMode.PERSISTENT,
                            (code, path, context, name) -> answered(number, Code.get(code)),
                            null);
        }

        /** What was sent on after a loss, without a connection, would be lost at once, and so would all that may be sent. */
        private synchronized void answered(int number, Code code) {
            inFlight--;
            if (code == Code.OK) {
                acknowledged.set(number);
                fill();
            } else if (code != Code.CONNECTIONLOSS) {
                problem = home + "/n-" + number + " was answered by " + code;
                stopped = true;
            }
        }

        synchronized String text() {
            return client.zk().getState() + ", " + sent + " sent, " + inFlight + " on their way, " + allowed
                    + " allowed";
        }

        synchronized long acknowledged() {
            return acknowledged.cardinality();
        }

        synchronized void stop() {
            stopped = true;
        }

        synchronized boolean isIdle() {
            return inFlight == 0;
        }

        synchronized void throwProblem(Ensemble ensemble) {
            assertEquals("", problem, () -> "session 0x" + Long.toHexString(session) + "\n" + ensemble.text());
        }

        synchronized void verify(ZooKeeper server, String where) throws Exception {
            assertEquals(session, client.zk().getSessionId(), where + ": the session of " + home);
            BitSet missing = (BitSet) acknowledged.clone();
            boolean alive = false;
            for (String child : server.getChildren(home, false)) {
                if (child.equals("alive")) {
                    alive = true;
                } else {
                    int number = Integer.parseInt(child.substring("n-".length()));
                    assertTrue(number < sent, where + ": nobody has sent " + home + "/" + child);
                    missing.clear(number);
                }
            }
            assertTrue(missing.isEmpty(), where + ": acknowledged and not there, of " + home + ": " + missing);
            assertTrue(alive, where + ": the ephemeral of " + home);
        }
    }
}
