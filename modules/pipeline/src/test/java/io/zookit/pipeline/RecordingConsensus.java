package io.zookit.pipeline;

import io.zookit.model.OpCode;
import io.zookit.spi.consensus.EnsembleConsensus;
import io.zookit.spi.consensus.EnsembleFacts;
import io.zookit.spi.consensus.ForwardedRequest;
import io.zookit.spi.consensus.MembershipAnswer;
import io.zookit.spi.consensus.MembershipRequest;
import io.zookit.spi.consensus.Replica;
import io.zookit.wire.JuteReader;
import io.zookit.wire.LoggedTxn;
import io.zookit.wire.TxnCodec;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** A consensus that writes down what it is asked to do, one line each. */
final class RecordingConsensus implements EnsembleConsensus {
    private final List<String> said = new ArrayList<>();

    /** What was asked since the last time. */
    List<String> said() {
        List<String> lines = List.copyOf(said);
        said.clear();
        return lines;
    }

    private static String session(long sessionId) {
        return " 0x" + Long.toHexString(sessionId);
    }

    @Override
    public void start(Replica replica, long lastZxid) {}

    @Override
    public void propose(long zxid, byte[] record) {
        LoggedTxn logged = TxnCodec.read(JuteReader.of(record));
        said.add("propose " + logged.txn().getClass().getSimpleName()
                + session(logged.header().sessionId()));
    }

    @Override
    public void forward(ForwardedRequest request) {
        said.add("forward " + OpCode.ofCode(request.opCode()) + session(request.sessionId()));
    }

    @Override
    public void touched(long sessionId, int timeoutMillis) {
        said.add("touched" + session(sessionId));
    }

    @Override
    public void revalidate(long sessionId, int timeoutMillis) {
        said.add("revalidate" + session(sessionId));
    }

    @Override
    public void revalidated(long learner, long sessionId, boolean valid) {
        said.add("revalidated" + session(sessionId) + " " + valid);
    }

    @Override
    public void sync() {}

    @Override
    public void syncFor(long learner) {}

    @Override
    public MembershipAnswer changeMembers(MembershipRequest request, long zxid) {
        throw new AssertionError("nobody changes the members");
    }

    @Override
    public void facts(Consumer<EnsembleFacts> taker) {}

    @Override
    public void stateReloaded() {}

    @Override
    public void snapshotTaken() {}

    @Override
    public void logged(long zxid) {}

    @Override
    public String mode() {
        return "recording";
    }

    @Override
    public void close() {}
}
