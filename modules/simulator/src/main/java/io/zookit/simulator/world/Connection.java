package io.zookit.simulator.world;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * One connection between two machines, as TCP is: each direction in order, nothing lost before the connection is, and then any
 * suffix of what was on its way.
 *
 * @param <M> messages
 */
public final class Connection<M> {
    private final Network network;
    private final Direction dialed;
    private final Direction accepted;

    Connection(Network network, int dialer, int acceptor) {
        this.network = network;
        dialed = new Direction(dialer, acceptor);
        accepted = new Direction(acceptor, dialer);
    }

    /** Who hears what arrives at the end that dialed. */
    public void dialerHears(Endpoint<M> endpoint) {
        accepted.receiver = endpoint;
    }

    /** Who hears what arrives at the end that was dialed. */
    public void acceptorHears(Endpoint<M> endpoint) {
        dialed.receiver = endpoint;
    }

    /** Sends a message; one that is sent into a connection that has ended is lost. */
    public void send(boolean fromDialer, M message) {
        (fromDialer ? dialed : accepted).send(message);
    }

    /** An end closes: it hears nothing more, and the other gets what was on its way and then the end. */
    public void close(boolean fromDialer) {
        Direction out = fromDialer ? dialed : accepted;
        Direction in = fromDialer ? accepted : dialed;
        in.die();
        out.end(network.closeDelayMicros());
    }

    /** The machine at an end has lost its power: the other may get what was on its way, and may never hear of the end. */
    public void vanish(boolean dialer, Chance chance) {
        Direction out = dialer ? dialed : accepted;
        Direction in = dialer ? accepted : dialed;
        in.die();
        out.loseSuffix(chance);
        if (chance.percent(70)) {
            out.end(network.closeDelayMicros());
        } else {
            out.goSilent();
        }
    }

    /** The connection breaks between the two: both lose some suffix, and hear of the end each at its time, or never. */
    public void cut(Chance chance) {
        dialed.breakOff(chance);
        accepted.breakOff(chance);
    }

    /** Whether both directions have ended, one way or another. */
    public boolean isOver() {
        return dialed.isOver() && accepted.isOver();
    }

    /** Whether a machine has an end of it. */
    public boolean touches(int node) {
        return dialed.from == node || dialed.to == node;
    }

    /** Whether it goes between two machines. */
    public boolean joins(int one, int other) {
        return touches(one) && touches(other);
    }

    void unblocked() {
        dialed.schedule();
        accepted.schedule();
    }

    /** {@code message} is {@code null} at the end of the stream. */
    private record OnItsWay<M>(@Nullable M message, long timeMicros) {}

    private final class Direction {
        private final int from;
        private final int to;
        private final Deque<OnItsWay<M>> queue = new ArrayDeque<>();
        private @Nullable Endpoint<M> receiver;
        private long lastMicros;
        private boolean scheduled;
        private boolean ended;
        private boolean endSent;
        private boolean resetSent;
        private boolean dead;

        private Direction(int from, int to) {
            this.from = from;
            this.to = to;
        }

        private boolean isOver() {
            // A silent one is not over: whoever sends into it will be told.
            return dead;
        }

        private void send(M message) {
            if (!ended && !dead) {
                enqueue(message, network.latencyMicros(from, to));
            } else if (!resetSent) {
                // Nobody is there any more: the sender finds out, sooner or later, because it has sent something.
                resetSent = true;
                (this == dialed ? accepted : dialed).end(network.resetDelayMicros());
            }
        }

        private void enqueue(@Nullable M message, long delayMicros) {
            lastMicros = Math.max(lastMicros + 1, network.agenda().nowMicros() + delayMicros);
            queue.addLast(new OnItsWay<>(message, lastMicros));
            schedule();
        }

        private void end(long delayMicros) {
            if (!endSent && !dead) {
                ended = true;
                endSent = true;
                enqueue(null, delayMicros);
            }
        }

        private void breakOff(Chance chance) {
            loseSuffix(chance);
            if (ended) {
                return;
            }
            if (chance.percent(80)) {
                end(network.closeDelayMicros());
            } else {
                goSilent();
            }
        }

        private void goSilent() {
            ended = true;
        }

        private void die() {
            dead = true;
            queue.clear();
        }

        private void loseSuffix(Chance chance) {
            if (ended) {
                return;
            }
            int kept = queue.isEmpty() ? 0 : chance.below(queue.size() + 1);
            while (queue.size() > kept) {
                queue.removeLast();
            }
        }

        private void schedule() {
            OnItsWay<M> next = queue.peekFirst();
            if (next != null && !scheduled && !network.isBlocked(from, to)) {
                scheduled = true;
                network.agenda().at(next.timeMicros(), this::deliver);
            }
        }

        private void deliver() {
            scheduled = false;
            if (dead || network.isBlocked(from, to)) {
                return;
            }
            OnItsWay<M> next = queue.peekFirst();
            if (next != null && next.timeMicros() <= network.agenda().nowMicros()) {
                queue.removeFirst();
                hand(next.message());
            }
            if (!dead) {
                schedule();
            }
        }

        private void hand(@Nullable M message) {
            if (message == null) {
                dead = true;
                queue.clear();
            }
            if (receiver != null) {
                if (message == null) {
                    receiver.closed();
                } else {
                    receiver.received(message);
                }
            }
        }
    }
}
