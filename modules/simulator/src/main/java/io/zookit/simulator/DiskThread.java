package io.zookit.simulator;

import io.zookit.simulator.mutant.Mutant;
import io.zookit.simulator.storage.ServerStorage;
import io.zookit.simulator.storage.Step;
import io.zookit.simulator.storage.StoredTxn;
import io.zookit.simulator.world.Agenda;
import io.zookit.simulator.world.Chance;
import io.zookit.simulator.world.DiskFault;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/**
 * What a log thread does, step by step: one action after the other, appends that wait together as one group, each step some time
 * after the one before. It is gone with its process.
 */
final class DiskThread {
    private static final int GROUP_MAX = 64;
    private static final long STALL_LOOK_MICROS = 10_000;
    private static final long CALM_MICROS_MAX = 1_000;

    private final Agenda agenda;
    private final Chance chance;
    private final Mutant mutant;
    private final ServerStorage storage;
    private final Owner owner;
    private final Deque<Action> queue = new ArrayDeque<>();
    private boolean busy;
    private boolean dead;
    /** Transactions that are asked for and not durable. */
    private int unwritten;

    private long progressMicros;
    private long stalledUntilMicros;
    private long usualMicros;
    private long slowest = 60;

    /** Whoever the thread works for. */
    interface Owner {
        /** Everything appended up to a transaction is durable. */
        void appended(long zxid);

        /** An action has failed; nothing more is done. */
        void diskFailed(DiskFault fault);

        /** Tells the owner's process something in its own time. */
        void enter(Runnable event);
    }

    /** An append when {@code txn} has one element, anything else otherwise. */
    private record Action(List<StoredTxn> txn, boolean epochs, Supplier<List<Step>> steps, Runnable done) {}

    DiskThread(Agenda agenda, Chance chance, int syncMicros, Mutant mutant, ServerStorage storage, Owner owner) {
        this.agenda = agenda;
        this.chance = chance;
        this.usualMicros = syncMicros;
        this.mutant = mutant;
        this.storage = storage;
        this.owner = owner;
    }

    void append(StoredTxn txn) {
        if (unwritten++ == 0) {
            progressMicros = agenda.nowMicros();
        }
        queue.addLast(new Action(List.of(txn), false, List::of, () -> {}));
        next();
    }

    /** Does what these steps say, then tells the owner. The steps are asked for when it is their turn. */
    void act(Supplier<List<Step>> steps, Runnable done) {
        queue.addLast(new Action(List.of(), false, steps, done));
        next();
    }

    void saveEpochs(Supplier<List<Step>> steps, Runnable done) {
        Action action = new Action(List.of(), true, steps, done);
        if (mutant == Mutant.EPOCHS_BEFORE_HISTORY) {
            queue.addFirst(action);
        } else {
            queue.addLast(action);
        }
        next();
    }

    /** From here the disk is fast enough to keep up, also when it has a purge of many small files to do. */
    void calm() {
        stalledUntilMicros = 0;
        usualMicros = Math.min(usualMicros, CALM_MICROS_MAX);
        slowest = 2;
    }

    /** From here the disk does nothing for a while. */
    void stall(long micros) {
        stalledUntilMicros = agenda.nowMicros() + micros;
    }

    /** For how long no transaction has become durable though one should, microseconds. */
    long idleMicros() {
        return unwritten > 0 ? agenda.nowMicros() - progressMicros : 0;
    }

    void die() {
        dead = true;
        queue.clear();
    }

    private void next() {
        if (busy || dead || queue.isEmpty()) {
            return;
        }
        busy = true;
        agenda.in(chance.duration(1, 50, 500), this::begin);
    }

    private void begin() {
        if (dead) {
            return;
        }
        Action first = queue.removeFirst();
        if (first.txn().isEmpty()) {
            run(first.steps().get(), 0, () -> {
                busy = false;
                owner.enter(first.done());
                next();
            });
            return;
        }
        List<StoredTxn> group = new ArrayList<>(first.txn());
        while (!queue.isEmpty() && !queue.peekFirst().txn().isEmpty() && group.size() < GROUP_MAX) {
            group.addAll(queue.removeFirst().txn());
        }
        long last = group.get(group.size() - 1).zxid();
        run(storage.append(group), 0, () -> {
            busy = false;
            unwritten -= group.size();
            progressMicros = agenda.nowMicros();
            owner.enter(() -> owner.appended(last));
            next();
        });
    }

    private void run(List<Step> steps, int index, Runnable done) {
        if (index == steps.size()) {
            done.run();
            return;
        }
        if (stalledUntilMicros > agenda.nowMicros()) {
            agenda.in(STALL_LOOK_MICROS, () -> {
                if (!dead) {
                    run(steps, index, done);
                }
            });
            return;
        }
        agenda.in(chance.duration(5, usualMicros, slowest * usualMicros), () -> {
            if (!dead && attempt(steps.get(index))) {
                run(steps, index + 1, done);
            }
        });
    }

    private boolean attempt(Step step) {
        try {
            step.run();
            return true;
        } catch (DiskFault fault) {
            if (mutant == Mutant.FAILED_WRITE_IGNORED) {
                return true;
            }
            if (mutant == Mutant.FAILED_SYNC_TRIED_AGAIN && fault.isOfSync()) {
                step.run();
                return true;
            }
            dead = true;
            owner.enter(() -> owner.diskFailed(fault));
            return false;
        }
    }
}
