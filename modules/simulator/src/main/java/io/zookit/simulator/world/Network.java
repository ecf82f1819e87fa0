package io.zookit.simulator.world;

import java.util.ArrayList;
import java.util.List;

/** All wires between machines, numbered from 0: which directions are blocked or slow, and all connections there are. */
public final class Network {
    private static final int SWEEP_ABOVE = 64;
    private static final long RESET_MICROS_MAX = 3_000_000;

    private final Agenda agenda;
    private final Chance chance;
    private final Latency latency;
    private final boolean[][] blocked;
    private final int[][] slowness;
    private final List<Connection<?>> connections = new ArrayList<>();

    /**
     * How long messages take, microseconds.
     *
     * @param least the shortest time
     * @param usual added to it in most cases at most
     * @param most the longest time of a wire that is not slow
     */
    public record Latency(long least, long usual, long most) {}

    /**
     * Wires that all work.
     *
     * @param machines how many machines
     */
    public Network(Agenda agenda, Chance chance, Latency latency, int machines) {
        this.agenda = agenda;
        this.chance = chance;
        this.latency = latency;
        blocked = new boolean[machines][machines];
        slowness = new int[machines][machines];
    }

    Agenda agenda() {
        return agenda;
    }

    /** A new connection; who dials is up to the caller, and so is waiting for {@link #latencyMicros} before it is used. */
    public <M> Connection<M> connect(int dialer, int acceptor) {
        if (connections.size() > SWEEP_ABOVE) {
            connections.removeIf(Connection::isOver);
        }
        Connection<M> connection = new Connection<>(this, dialer, acceptor);
        connections.add(connection);
        return connection;
    }

    /** How long the next message takes from one machine to another, microseconds. */
    public long latencyMicros(int from, int to) {
        long micros = chance.duration(latency.least(), latency.usual(), latency.most());
        return from == to ? micros / 4 + 1 : micros * (1 + slowness[from][to]);
    }

    long closeDelayMicros() {
        return chance.duration(latency.least(), latency.usual(), 20 * latency.most());
    }

    /** How long it takes to find out that nobody is at the other end. */
    long resetDelayMicros() {
        return chance.between(latency.least(), RESET_MICROS_MAX);
    }

    /** Whether nothing gets from one machine to another right now. */
    public boolean isBlocked(int from, int to) {
        return blocked[from][to];
    }

    /** Lets nothing get from one machine to another; what is on its way waits. */
    public void block(int from, int to) {
        blocked[from][to] = true;
    }

    /** Makes one direction this many times slower. */
    public void slow(int from, int to, int times) {
        slowness[from][to] = times;
    }

    /** All wires work again, at their usual speed. Connections that broke stay broken. */
    public void heal() {
        for (int from = 0; from < blocked.length; from++) {
            for (int to = 0; to < blocked.length; to++) {
                blocked[from][to] = false;
                slowness[from][to] = 0;
            }
        }
        for (Connection<?> connection : List.copyOf(connections)) {
            connection.unblocked();
        }
    }

    /** Breaks all connections between two machines. */
    public void cutBetween(int one, int other) {
        for (Connection<?> connection : List.copyOf(connections)) {
            if (connection.joins(one, other) && !connection.isOver()) {
                connection.cut(chance);
            }
        }
    }
}
