package io.zookit.assembly;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.ZooKeeper;

/** Apache's client, connected, with all its events in a queue. */
final class Client implements AutoCloseable, Watcher {
    static final int SESSION_TIMEOUT_MILLIS = 10_000;

    private final BlockingQueue<WatchedEvent> events = new LinkedBlockingQueue<>();
    private final ZooKeeper zooKeeper;

    private Client(String connectString, int timeoutMillis) throws IOException {
        this.zooKeeper = new ZooKeeper(connectString, timeoutMillis, this);
    }

    private Client(String connectString) throws IOException {
        this.zooKeeper = new ZooKeeper(connectString, SESSION_TIMEOUT_MILLIS, this, true);
    }

    private Client(String connectString, long session, byte[] password) throws IOException {
        this.zooKeeper = new ZooKeeper(connectString, SESSION_TIMEOUT_MILLIS, this, session, password);
    }

    /** Tries to take over a session; what comes of it is among the events. */
    static Client attach(Server server, long session, byte[] password) throws IOException {
        return attach(server.connectString(), session, password);
    }

    static Client attach(String connectString, long session, byte[] password) throws IOException {
        return new Client(connectString, session, password);
    }

    static Client connect(Server server) throws IOException, InterruptedException {
        return connect(server.connectString());
    }

    static Client connect(String connectString) throws IOException, InterruptedException {
        return connect(connectString, SESSION_TIMEOUT_MILLIS);
    }

    static Client connect(String connectString, int timeoutMillis) throws IOException, InterruptedException {
        Client client = new Client(connectString, timeoutMillis);
        client.await(Event.KeeperState.SyncConnected);
        return client;
    }

    /** Connects to a server that may have no quorum, and waits until it serves, as whatever it is. */
    static Client connectReadOnly(String connectString) throws Exception {
        Client client = new Client(connectString);
        Waiting.until(() -> client.zooKeeper.getState().isConnected(), () -> connectString + " serves readers");
        return client;
    }

    ZooKeeper zk() {
        return zooKeeper;
    }

    /** The next event of a znode; events of the session are passed over. */
    WatchedEvent nextNodeEvent() throws InterruptedException {
        while (true) {
            WatchedEvent event = nextEvent();
            if (event.getType() != Event.EventType.None) {
                return event;
            }
        }
    }

    /** All events of znodes for changes that were answered before this call: the callback runs after their watchers. */
    List<WatchedEvent> nodeEventsUntilNow() throws Exception {
        CompletableFuture<Integer> answered = new CompletableFuture<>();
        zooKeeper.exists("/", false, (code, path, context, stat) -> answered.complete(code), null);
        answered.get(Running.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        return arrivedNodeEvents();
    }

    /** Passes over all events up to a state of the session. */
    void await(Event.KeeperState state) throws InterruptedException {
        WatchedEvent event = nextEvent();
        while (event.getType() != Event.EventType.None || event.getState() != state) {
            event = nextEvent();
        }
    }

    /** All events of znodes that have arrived. */
    List<WatchedEvent> arrivedNodeEvents() {
        List<WatchedEvent> arrived = new ArrayList<>();
        events.drainTo(arrived);
        arrived.removeIf(event -> event.getType() == Event.EventType.None);
        return arrived;
    }

    private WatchedEvent nextEvent() throws InterruptedException {
        WatchedEvent event = events.poll(Running.PATIENCE.toSeconds(), TimeUnit.SECONDS);
        assertTrue(event != null, "an event should have come");
        return event;
    }

    @Override
    public void process(WatchedEvent event) {
        events.add(event);
    }

    @Override
    public void close() {
        try {
            zooKeeper.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
