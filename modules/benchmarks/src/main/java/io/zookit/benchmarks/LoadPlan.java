package io.zookit.benchmarks;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;

/**
 * What to send, to whom and for how long.
 *
 * @param addresses the client ports of the server, or of the servers of an ensemble: connections go to them in turn
 * @param processes process ids of the servers, whose processor times are read; the machine must be this one
 * @param scenario the kind of load
 * @param znodesPerConnection how many znodes each connection reads or sets in turn; of no meaning to creates
 * @param warmUp how long to send before measuring
 * @param measured how long to measure
 */
public record LoadPlan(
        List<InetSocketAddress> addresses,
        List<Long> processes,
        Scenario scenario,
        int znodesPerConnection,
        Duration warmUp,
        Duration measured) {

    /** Keeps copies; refuses a plan without znodes. */
    public LoadPlan {
        addresses = List.copyOf(addresses);
        processes = List.copyOf(processes);
        if (znodesPerConnection < 1) {
            throw new IllegalArgumentException("a plan of " + znodesPerConnection + " znodes per connection");
        }
    }

    /** A plan in which each request in flight has its own znode, with a second of warm-up. */
    static LoadPlan of(LoadTarget target, Scenario scenario, Duration measured) {
        return new LoadPlan(
                target.addresses(), target.processes(), scenario, scenario.inFlight(), Duration.ofSeconds(1), measured);
    }

    /** Whom a connection goes to. */
    InetSocketAddress address(int connection) {
        return addresses.get(connection % addresses.size());
    }
}
