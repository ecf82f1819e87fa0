package io.zookit.benchmarks;

import java.net.InetSocketAddress;
import java.time.Duration;

/**
 * What to send, to whom and for how long.
 *
 * @param address the server's client port
 * @param serverProcess process id of the server, whose processor time is read; the machine must be this one
 * @param scenario the kind of load
 * @param znodesPerConnection how many znodes each connection reads or sets in turn; of no meaning to creates
 * @param warmUp how long to send before measuring
 * @param measured how long to measure
 */
public record LoadPlan(
        InetSocketAddress address,
        long serverProcess,
        Scenario scenario,
        int znodesPerConnection,
        Duration warmUp,
        Duration measured) {

    /** Refuses a plan without znodes. */
    public LoadPlan {
        if (znodesPerConnection < 1) {
            throw new IllegalArgumentException("a plan of " + znodesPerConnection + " znodes per connection");
        }
    }

    /** A plan in which each request in flight has its own znode, with a second of warm-up. */
    static LoadPlan of(ServerProcess server, Scenario scenario, Duration measured) {
        return new LoadPlan(
                server.address(), server.id(), scenario, scenario.inFlight(), Duration.ofSeconds(1), measured);
    }
}
