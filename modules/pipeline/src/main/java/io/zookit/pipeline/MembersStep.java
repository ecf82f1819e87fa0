package io.zookit.pipeline;

import io.zookit.model.ErrorCode;
import io.zookit.model.ZnodePath;
import io.zookit.pipeline.operation.MemberChange;
import io.zookit.spi.ServerClock;
import io.zookit.spi.consensus.MembershipAnswer;
import io.zookit.tree.TreeListener;
import io.zookit.tree.Znode;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Keeps {@code /zookeeper/config}: the members of the ensemble, as the consensus tells them, are in every server's tree without a
 * transaction. Runs on the owner of the state.
 */
final class MembersStep {
    private static final String VERSION = "version=";

    private final ReplicaState state;
    private final ProposeStage propose;
    private final ServerClock clock;
    private @Nullable String text;

    MembersStep(ReplicaState state, ProposeStage propose, ServerClock clock) {
        this.state = state;
        this.propose = propose;
        this.clock = clock;
    }

    /** What a server without an ensemble says to whoever wants to change its members. */
    static MemberChange nobodyElse(boolean reconfigEnabled) {
        ErrorCode error = reconfigEnabled ? ErrorCode.UNIMPLEMENTED : ErrorCode.RECONFIG_DISABLED;
        MembershipAnswer answer = new MembershipAnswer.Refused(error, "this server has no ensemble");
        return (request, zxid) -> answer;
    }

    /** The members by their standard text, {@code null} without an ensemble. */
    @Nullable
    String text() {
        return text;
    }

    /**
     * The members are these. A transaction that brings them and is yet to be applied shows them, so that nobody reads of them before
     * the watches that were set earlier fire; without one, nobody is connected who could have a watch.
     */
    void changed(String members) {
        text = members;
        long version = version(members);
        if (!propose.isInFlight(version)) {
            store(members, version);
        }
    }

    /** The state was built anew. What its snapshot says may be newer than what the consensus has told. */
    void stateReplaced() {
        String members = text;
        Znode config = state.tree().find(ZnodePath.CONFIG);
        if (members != null && (config == null || config.mzxid() <= version(members))) {
            store(members, version(members));
        }
    }

    private void store(String members, long version) {
        state.tree()
                .storeConfig(members.getBytes(StandardCharsets.UTF_8), version, clock.wallMillis(), TreeListener.NONE);
    }

    private static long version(String members) {
        return Long.parseUnsignedLong(
                members.substring(members.lastIndexOf(VERSION) + VERSION.length())
                        .strip(),
                16);
    }
}
