package io.zookit.benchmarks;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Puts a server under the load of one plan and measures it: the caller's thread runs all connections over one selector, with
 * requests encoded beforehand, so that the driver costs less than a microsecond per request and the server gets the rest of the
 * machine. A reply that is not exactly what was expected ends the run with an {@link IOException}.
 */
public final class LoadDriver implements AutoCloseable {
    private static final Duration LONGEST_SILENCE = Duration.ofMinutes(1);
    private static final long SELECT_MILLIS = 100;

    /**
     * A window of creates ends after so many, and another begins when they are removed: they stay in the heap until then, and a
     * fast server must not be measured with more of them than a slow one.
     */
    private static final long CREATES_MAX = 200_000;

    private final LoadPlan plan;
    private final LatencyHistogram histogram;
    private final Selector selector;
    private final List<ClientSocket> sockets = new ArrayList<>();
    private final List<LoadConnection> connections = new ArrayList<>();
    private long received;

    private LoadDriver(LoadPlan plan, LatencyHistogram histogram) throws IOException {
        this.plan = plan;
        this.histogram = histogram;
        this.selector = Selector.open();
    }

    /** Runs a plan to its end: makes the znodes it needs, warms up, measures, waits for the last replies and removes all znodes. */
    public static LoadResult run(LoadPlan plan) throws IOException {
        if (plan.scenario().workload().needsFreshPaths()) {
            return measureCreates(plan);
        }
        load(plan);
        LoadResult result = measure(plan);
        sendExactly(plan, Workload.DELETE, index -> plan.znodesPerConnection());
        return result;
    }

    /** Makes the znodes of a plan, {@link LoadPlan#znodesPerConnection} for each connection. */
    public static LoadResult load(LoadPlan plan) throws IOException {
        return sendExactly(plan, Workload.CREATE, index -> plan.znodesPerConnection());
    }

    /** Warms up and measures on znodes that {@link #load} has made. */
    public static LoadResult measure(LoadPlan plan) throws IOException {
        LatencyHistogram histogram = new LatencyHistogram();
        try (LoadDriver driver = new LoadDriver(plan, histogram)) {
            driver.open(plan.scenario().workload());
            return driver.measure(plan.warmUp(), plan.measured()).result(histogram);
        }
    }

    /** Window after window until they are as long as the plan says; what was created is removed between them, unmeasured. */
    private static LoadResult measureCreates(LoadPlan plan) throws IOException {
        LatencyHistogram histogram = new LatencyHistogram();
        LoadWindow total = LoadWindow.NONE;
        Duration warmUp = plan.warmUp();
        int[] created = new int[plan.scenario().connections()];
        while (total.nanos() < plan.measured().toNanos()) {
            LatencyHistogram ofWindow = new LatencyHistogram();
            try (LoadDriver driver = new LoadDriver(plan, ofWindow)) {
                driver.open(Workload.CREATE);
                total = total.plus(driver.measure(warmUp, plan.measured().minusNanos(total.nanos())));
                for (int index = 0; index < created.length; index++) {
                    created[index] = driver.connections.get(index).requestsSent();
                }
            }
            histogram.addAll(ofWindow);
            sendExactly(plan, Workload.DELETE, index -> created[index]);
            warmUp = Duration.ZERO;
        }
        return total.result(histogram);
    }

    private static LoadResult sendExactly(LoadPlan plan, Workload workload, IntUnaryOperator requestsOfConnection)
            throws IOException {
        LatencyHistogram histogram = new LatencyHistogram();
        try (LoadDriver driver = new LoadDriver(plan, histogram)) {
            driver.open(workload);
            for (int index = 0; index < driver.connections.size(); index++) {
                driver.connections.get(index).limit(requestsOfConnection.applyAsInt(index));
            }
            LoadMark begin = LoadMark.now(plan.processes());
            driver.sendAll();
            driver.drain();
            return LoadMark.now(plan.processes()).since(begin, driver.received).result(histogram);
        }
    }

    @Override
    public void close() throws IOException {
        try (selector) {
            for (LoadConnection connection : connections) {
                connection.endSession();
            }
        } finally {
            for (ClientSocket socket : sockets) {
                socket.close();
            }
        }
    }

    private void open(Workload workload) throws IOException {
        Scenario scenario = plan.scenario();
        int znodes = workload.needsFreshPaths() ? Integer.MAX_VALUE : plan.znodesPerConnection();
        for (int number = 0; number < scenario.connections(); number++) {
            ClientSocket socket = ClientSocket.open(plan.address(number));
            sockets.add(socket);
            if (number == 0) {
                socket.create(LoadPaths.ROOT);
            }
            socket.create(LoadPaths.directory(number));
            connections.add(new LoadConnection(
                    socket,
                    selector,
                    FrameBlock.of(workload, number, scenario.inFlight(), znodes, scenario.valueBytes()),
                    scenario.inFlight(),
                    workload,
                    scenario.valueBytes(),
                    histogram));
        }
    }

    private LoadWindow measure(Duration warmUp, Duration measured) throws IOException {
        sendAll();
        runFor(warmUp);
        histogram.clear();
        received = 0;
        LoadMark begin = LoadMark.now(plan.processes());
        runFor(measured);
        LoadWindow window = LoadMark.now(plan.processes()).since(begin, received);
        connections.forEach(connection -> connection.limit(0));
        drain();
        return window;
    }

    private void sendAll() throws IOException {
        for (LoadConnection connection : connections) {
            connection.send();
        }
    }

    private void runFor(Duration duration) throws IOException {
        long end = System.nanoTime() + duration.toNanos();
        long enough = plan.scenario().workload() == Workload.CREATE ? received + CREATES_MAX : Long.MAX_VALUE;
        while (System.nanoTime() - end < 0 && received < enough) {
            round();
        }
    }

    private void drain() throws IOException {
        long last = received;
        long heard = System.nanoTime();
        while (!connections.stream().allMatch(LoadConnection::isIdle)) {
            round();
            if (received != last) {
                last = received;
                heard = System.nanoTime();
            } else if (System.nanoTime() - heard > LONGEST_SILENCE.toNanos()) {
                throw new IOException("replies are missing and none has come for " + LONGEST_SILENCE);
            }
        }
    }

    private void round() throws IOException {
        selector.select(SELECT_MILLIS);
        for (SelectionKey key : selector.selectedKeys()) {
            LoadConnection connection = (LoadConnection) key.attachment();
            if (key.isReadable()) {
                received += connection.receive();
            }
            connection.send();
        }
        selector.selectedKeys().clear();
    }
}
