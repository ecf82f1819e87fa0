package io.zookit.simulator.check;

import io.zookit.wire.QuorumMessage;
import java.util.HashMap;
import java.util.Map;

/** I2: a server promises ever greater epochs, and none that a loss of power could make it forget. Who loses his data forgets. */
final class PromiseChecker implements Checker {
    private final Map<Long, Long> offered = new HashMap<>();
    private final Map<Long, Long> promised = new HashMap<>();

    @Override
    public void receives(ServerView server, long link, QuorumMessage message) {
        if (message instanceof QuorumMessage.LeaderInfo info) {
            offered.put(server.id(), info.epoch());
        }
    }

    @Override
    public void sends(ServerView server, long link, QuorumMessage message) {
        if (message instanceof QuorumMessage.AckEpoch) {
            promises(server, offered.getOrDefault(server.id(), 0L));
        } else if (message instanceof QuorumMessage.LeaderInfo info) {
            promises(server, info.epoch());
        }
    }

    private void promises(ServerView server, long epoch) {
        long before = promised.getOrDefault(server.id(), 0L);
        if (epoch < before) {
            throw new Violation("I2", "server " + server.id() + " promised epoch " + before + " and now " + epoch);
        }
        promised.put(server.id(), epoch);
        long durable = server.durableEpochs().accepted();
        if (durable < epoch) {
            throw new Violation(
                    "I2",
                    "server " + server.id() + " promised epoch " + epoch + ", and a loss of power would leave it with "
                            + durable);
        }
    }

    @Override
    public void wiped(ServerView server) {
        promised.remove(server.id());
    }

    @Override
    public void started(ServerView server) {
        long accepted = server.storage().epochs().accepted();
        if (accepted < promised.getOrDefault(server.id(), 0L)) {
            throw new Violation(
                    "I2",
                    "server " + server.id() + " forgot its promise: it starts with " + accepted + " and promised "
                            + promised.get(server.id()));
        }
    }
}
