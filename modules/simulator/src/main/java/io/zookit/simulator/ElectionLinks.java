package io.zookit.simulator;

import io.zookit.simulator.mutant.Mutant;
import io.zookit.simulator.world.Chance;
import io.zookit.simulator.world.Connection;
import io.zookit.simulator.world.Endpoint;
import io.zookit.wire.ElectionNotification;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The election links of one process: one with each other server, dialed by the greater id, tried again until it is there. */
final class ElectionLinks {
    private static final long RETRY_MICROS_MIN = 20_000;
    private static final long RETRY_MICROS_MAX = 300_000;
    private static final int REFUSED_PERCENT = 5;

    private final World world;
    private final SimulatedServer server;
    private final ServerProcess process;
    private final Chance chance;
    private final Map<Long, Link> links = new TreeMap<>();
    private final Set<Long> dialing = new HashSet<>();

    ElectionLinks(World world, SimulatedServer server, ServerProcess process, Chance chance) {
        this.world = world;
        this.server = server;
        this.process = process;
        this.chance = chance;
    }

    /** One end of a link. */
    private final class Link implements Endpoint<ElectionNotification> {
        private final long peer;
        private final Connection<ElectionNotification> connection;
        private final boolean dialer;

        private Link(long peer, Connection<ElectionNotification> connection, boolean dialer) {
            this.peer = peer;
            this.connection = connection;
            this.dialer = dialer;
        }

        @Override
        public void received(ElectionNotification vote) {
            if (process.isDead()) {
                // It died before it had taken the connection over.
                connection.close(dialer);
            }
            process.enter(() -> {
                if (links.get(peer) == this) {
                    world.trace(server.id(), "vote", peer, vote.leader());
                    process.node().voteReceived(peer, vote);
                }
            });
        }

        @Override
        public void closed() {
            process.enter(() -> {
                if (links.remove(peer, this)) {
                    process.node().electionLinkDown(peer);
                    if (world.options.mutant() == Mutant.LOST_ELECTION_LINK_ENDS_ALL) {
                        process.quorum().dropLearners();
                    }
                }
            });
        }
    }

    void send(long peer, ElectionNotification vote) {
        Link link = links.get(peer);
        if (link != null) {
            link.connection.send(link.dialer, world.options.encoded() ? Messages.copy(vote) : vote);
        }
    }

    /** Sees to a link. */
    void connect(long peer) {
        if (links.containsKey(peer) || !dialing.add(peer)) {
            return;
        }
        long delay =
                world.network.latencyMicros(server.machine(), world.server(peer).machine());
        world.agenda.in(delay, () -> reach(peer));
    }

    private void reach(long peer) {
        if (process.isDead()) {
            return;
        }
        dialing.remove(peer);
        SimulatedServer other = world.server(peer);
        ServerProcess there = other.process();
        boolean open = !world.network.isBlocked(server.machine(), other.machine())
                && !world.network.isBlocked(other.machine(), server.machine());
        if (links.containsKey(peer)) {
            return;
        }
        if (there == null || !open || chance.percent(REFUSED_PERCENT)) {
            if (dialing.add(peer)) {
                world.agenda.in(chance.between(RETRY_MICROS_MIN, RETRY_MICROS_MAX), () -> reach(peer));
            }
        } else if (server.id() > peer) {
            Connection<ElectionNotification> connection = world.network.connect(server.machine(), other.machine());
            Link here = new Link(peer, connection, true);
            Link far = there.election().new Link(server.id(), connection, false);
            connection.dialerHears(here);
            connection.acceptorHears(far);
            process.enter(() -> adopt(here));
            there.enter(() -> there.election().adopt(far));
        } else {
            there.enter(() -> there.election().dialBack(server.id()));
            if (dialing.add(peer)) {
                world.agenda.in(RETRY_MICROS_MAX, () -> reach(peer));
            }
        }
    }

    /** A smaller server wants a link: whatever link there was is not there for it any more. */
    private void dialBack(long peer) {
        Link former = links.remove(peer);
        if (former != null) {
            former.connection.close(former.dialer);
            process.node().electionLinkDown(peer);
        }
        connect(peer);
    }

    private void adopt(Link link) {
        @Nullable Link former = links.put(link.peer, link);
        if (former != null) {
            former.connection.close(former.dialer);
        }
        world.trace(server.id(), "election link", link.peer, 0);
        process.node().electionLinkUp(link.peer);
    }

    int count() {
        return links.size();
    }

    void die(boolean powerIsLost) {
        for (Link link : links.values()) {
            if (powerIsLost) {
                link.connection.vanish(link.dialer, chance);
            } else {
                link.connection.close(link.dialer);
            }
        }
        links.clear();
    }
}
