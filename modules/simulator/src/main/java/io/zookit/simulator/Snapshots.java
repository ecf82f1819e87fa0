package io.zookit.simulator;

import io.zookit.simulator.mutant.Mutant;
import io.zookit.simulator.storage.Snapshot;
import io.zookit.simulator.world.Chance;
import org.jspecify.annotations.Nullable;

/** When a server takes snapshots of its state, when it lets go of the log before them, and which one a learner gets. */
final class Snapshots {
    private static final int PURGE_PERCENT = 40;

    private final World world;
    private final ServerProcess process;
    private final Replica replica;
    private final Chance chance;
    private int transactions;
    private boolean saving;

    Snapshots(World world, ServerProcess process, Replica replica, Chance chance) {
        this.world = world;
        this.process = process;
        this.replica = replica;
        this.chance = chance;
    }

    /** A transaction more was applied. */
    void applied() {
        transactions++;
    }

    void saveIfDue() {
        if (transactions >= world.options.snapshotTransactions()) {
            save();
        }
    }

    void save() {
        if (saving) {
            return;
        }
        saving = true;
        transactions = 0;
        long zxid = replica.state().lastZxid();
        byte[] image = replica.state().image();
        process.disk().act(() -> process.storage().save(zxid, image), () -> {
            saving = false;
            if (chance.percent(PURGE_PERCENT)) {
                purge();
            }
        });
    }

    private void purge() {
        process.disk().act(process.storage()::purge, () -> process.node()
                .purged(process.storage().beginsAfter()));
    }

    /** A snapshot of committed transactions only, {@code null} when there is none so new. */
    @Nullable
    Snapshot toSend(long atLeast) {
        Snapshot onDisk = process.storage().snapshot();
        ReplicatedState state = replica.state();
        if (world.options.mutant() == Mutant.SNAPSHOT_TOO_OLD_FOR_ITS_NAME && onDisk != null && replica.isCommitted()) {
            return new Snapshot(state.lastZxid(), 0, onDisk.state());
        }
        if (onDisk != null && onDisk.zxid() >= atLeast) {
            return onDisk;
        }
        if (replica.isCommitted() && state.lastZxid() >= atLeast) {
            return new Snapshot(state.lastZxid(), 0, state.image());
        }
        return atLeast == 0 ? new Snapshot(0, 0, replica.emptyState().image()) : null;
    }
}
