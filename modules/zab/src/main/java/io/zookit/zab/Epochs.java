package io.zookit.zab;

import io.zookit.model.Check;

/**
 * The two epochs a server must never forget: the one it has promised to, and the one it last took part in. Each has a value that was
 * asked to be saved and one that is durable.
 */
final class Epochs {
    private final ZabEffects effects;
    private long accepted;
    private long current;
    private long durableAccepted;
    private long durableCurrent;

    Epochs(StoredState stored, ZabEffects effects) {
        this.effects = effects;
        this.accepted = stored.acceptedEpoch();
        this.current = stored.currentEpoch();
        this.durableAccepted = accepted;
        this.durableCurrent = current;
    }

    long accepted() {
        return accepted;
    }

    long current() {
        return current;
    }

    long durableAccepted() {
        return durableAccepted;
    }

    long durableCurrent() {
        return durableCurrent;
    }

    void accept(long epoch) {
        Check.state(epoch > accepted, "promises of epochs only grow");
        accepted = epoch;
        effects.saveEpochs(accepted, current);
    }

    void enter(long epoch) {
        current = epoch;
        accepted = Math.max(accepted, epoch);
        effects.saveEpochs(accepted, current);
    }

    /** Takes part in the epoch of the newest transaction, if a crash or a lost link came before that could be said. */
    void raiseTo(long epoch) {
        if (current < epoch || accepted < current) {
            enter(Math.max(current, epoch));
        }
    }

    void saved(long acceptedEpoch, long currentEpoch) {
        Check.state(
                acceptedEpoch <= accepted && currentEpoch <= current, "the storage saved epochs that nobody asked for");
        durableAccepted = Math.max(durableAccepted, acceptedEpoch);
        durableCurrent = Math.max(durableCurrent, currentEpoch);
    }
}
