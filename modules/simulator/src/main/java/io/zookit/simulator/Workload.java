package io.zookit.simulator;

import io.zookit.model.ErrorCode;
import io.zookit.model.Stat;
import io.zookit.simulator.history.ZnodeModel.Answer;
import io.zookit.simulator.history.ZnodeModel.Question;
import io.zookit.simulator.world.Chance;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one client does: single writes to a few znodes that all clients share (their histories are checked for linearizability), pairs
 * of znodes that only transactions change together, sequential znodes, ephemerals, reads with and without watches.
 */
final class Workload {
    private static final List<String> SINGLE = List.of("/k0", "/k1", "/k2", "/k3");
    private static final List<String> PAIR = List.of("/m0", "/m1");
    private static final List<String> GUARDED = List.of("/a0", "/a1", "/a2");
    private static final List<String> PARENTS = List.of("/s", "/s2");

    private final int client;
    private final boolean readsOnly;
    private final Chance chance;
    private int values;
    private int ephemerals;

    /**
     * @param readsOnly whether it never writes: no answer of its own ever waits behind a write that cannot be committed
     */
    Workload(int client, boolean readsOnly, Chance chance) {
        this.client = client;
        this.readsOnly = readsOnly;
        this.chance = chance;
    }

    void newSession() {
        ephemerals = 0;
    }

    ClientOperation next() {
        if (readsOnly) {
            return new ClientOperation.Sync();
        }
        int dice = chance.below(100);
        if (dice < 14) {
            return new ClientOperation.Create(chance.of(SINGLE), value(), false, false);
        } else if (dice < 38) {
            return new ClientOperation.SetData(chance.of(SINGLE), value(), version());
        } else if (dice < 46) {
            return new ClientOperation.Delete(chance.of(SINGLE), version());
        } else if (dice < 52) {
            return pair();
        } else if (dice < 58) {
            return sequential();
        } else if (dice < 64) {
            return new ClientOperation.Create("/e" + client + "." + ephemerals++ % 4, value(), true, false);
        } else if (dice < 75) {
            return new ClientOperation.Sync();
        }
        return dice < 92 ? new ClientOperation.Read(anyPath(), chance.percent(40)) : guarded();
    }

    /** Something with a znode that may belong to somebody. */
    private ClientOperation guarded() {
        String path = chance.of(GUARDED);
        int dice = chance.below(10);
        if (dice < 2) {
            return new ClientOperation.Create(path, value(), false, false);
        } else if (dice < 5) {
            return new ClientOperation.SetAcl(path, chance.below(3) == 0 ? -1 : client);
        } else if (dice < 6) {
            return new ClientOperation.SetData(path, value(), -1);
        }
        return dice < 7 ? new ClientOperation.Delete(path, -1) : new ClientOperation.Read(path, false);
    }

    private ClientOperation sequential() {
        String parent = chance.of(PARENTS);
        return chance.percent(20)
                ? new ClientOperation.Create(parent, value(), false, false)
                : new ClientOperation.Create(parent + "/q-", value(), chance.coin(), true);
    }

    private ClientOperation pair() {
        String value = value();
        boolean fails = chance.percent(30);
        if (chance.percent(40)) {
            return new ClientOperation.Multi(List.of(
                    new ClientOperation.Create(PAIR.get(0), value, false, false),
                    new ClientOperation.Create(PAIR.get(1), value, false, false)));
        }
        return new ClientOperation.Multi(List.of(
                new ClientOperation.SetData(PAIR.get(0), value, -1),
                new ClientOperation.SetData(fails ? "/nothing" : PAIR.get(1), value, -1)));
    }

    /** What is read right after a sync. */
    ClientOperation.Read readAfterSync() {
        return new ClientOperation.Read(chance.of(SINGLE), false);
    }

    private String anyPath() {
        int dice = chance.below(10);
        if (dice < 6) {
            return chance.of(SINGLE);
        }
        return dice < 8 ? chance.of(PAIR) : "/e" + chance.below(4) + "." + chance.below(4);
    }

    private String value() {
        // Now and then a value that fills more than a sector.
        return "c" + client + ":" + values++ + (chance.percent(4) ? "x".repeat(700) : "");
    }

    private int version() {
        return chance.coin() ? -1 : chance.below(4);
    }

    static String path(ClientOperation operation) {
        if (operation instanceof ClientOperation.Create create) {
            return create.path();
        } else if (operation instanceof ClientOperation.SetData set) {
            return set.path();
        } else if (operation instanceof ClientOperation.SetAcl set) {
            return set.path();
        } else if (operation instanceof ClientOperation.Delete delete) {
            return delete.path();
        }
        return operation instanceof ClientOperation.Read read ? read.path() : "";
    }

    /** What an operation asks of one of the znodes whose histories are checked, {@code null} when of none. */
    static @Nullable Question question(ClientOperation operation) {
        if (!SINGLE.contains(path(operation))) {
            return null;
        }
        if (operation instanceof ClientOperation.Create create) {
            return new Question.Create(create.value());
        } else if (operation instanceof ClientOperation.SetData set) {
            return new Question.SetData(set.value(), set.version());
        } else if (operation instanceof ClientOperation.Delete delete) {
            return new Question.Delete(delete.version());
        }
        return new Question.Read();
    }

    /** What a reply says to it, {@code null} when it says that nothing was done for another reason. */
    static @Nullable Answer answer(ClientOperation operation, ClientFrame.Reply reply) {
        if (reply.error() == ErrorCode.OK) {
            Stat stat = reply.stat();
            String value = reply.value();
            if (operation instanceof ClientOperation.Read && value != null && stat != null) {
                return new Answer.Value(value, stat.version());
            }
            return operation instanceof ClientOperation.SetData && stat != null
                    ? new Answer.DoneWith(stat.version())
                    : new Answer.Done();
        }
        return switch (reply.error()) {
            case NO_NODE -> new Answer.NoNode();
            case NODE_EXISTS -> new Answer.NodeExists();
            case BAD_VERSION -> new Answer.BadVersion();
            default -> null;
        };
    }
}
