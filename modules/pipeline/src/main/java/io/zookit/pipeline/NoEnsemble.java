package io.zookit.pipeline;

import io.zookit.spi.consensus.EnsembleConsensus;
import io.zookit.spi.consensus.EnsembleFacts;
import io.zookit.spi.consensus.ForwardedRequest;
import io.zookit.spi.consensus.MembershipAnswer;
import io.zookit.spi.consensus.MembershipRequest;
import io.zookit.spi.consensus.Replica;
import java.util.function.Consumer;

/** Stands for the ensemble of a server that has none. It leads from the start, so nothing of this is ever asked for. */
enum NoEnsemble implements EnsembleConsensus {
    INSTANCE;

    private static IllegalStateException bug() {
        return new IllegalStateException("a server without an ensemble has nobody to ask");
    }

    @Override
    public void start(Replica replica, long lastZxid) {
        throw bug();
    }

    @Override
    public void propose(long zxid, byte[] record) {
        throw bug();
    }

    @Override
    public void logged(long zxid) {
        throw bug();
    }

    @Override
    public String mode() {
        return "standalone";
    }

    @Override
    public void forward(ForwardedRequest request) {
        throw bug();
    }

    @Override
    public void sync() {
        throw bug();
    }

    @Override
    public void syncFor(long learner) {
        throw bug();
    }

    @Override
    public void revalidate(long sessionId, int timeoutMillis) {
        throw bug();
    }

    @Override
    public void revalidated(long learner, long sessionId, boolean valid) {
        throw bug();
    }

    @Override
    public void touched(long sessionId, int timeoutMillis) {
        throw bug();
    }

    @Override
    public MembershipAnswer changeMembers(MembershipRequest request, long zxid) {
        throw bug();
    }

    @Override
    public void facts(Consumer<EnsembleFacts> taker) {
        throw bug();
    }

    @Override
    public void stateReloaded() {
        throw bug();
    }

    @Override
    public void snapshotTaken() {
        throw bug();
    }

    @Override
    public void close() {}
}
