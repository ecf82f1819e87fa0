package io.zookit.pipeline;

import io.zookit.model.ZnodePath;
import io.zookit.spi.ServerClock;
import io.zookit.tree.Znode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the text of the ensemble's members where clients find it, the data of {@code /zookeeper/config}. That is no transaction: a
 * server writes there what it goes by itself, also over what a snapshot of another server says. Runs on the owner of the state.
 */
final class MembersStep {
    private static final String VERSION = "version=";

    private final ReplicaState state;
    private final ApplyStage apply;
    private final ServerClock clock;
    private @Nullable String text;

    MembersStep(ReplicaState state, ApplyStage apply, ServerClock clock) {
        this.state = state;
        this.apply = apply;
        this.clock = clock;
    }

    /** The members by their standard text, {@code null} without an ensemble. */
    @Nullable
    String text() {
        return text;
    }

    /** The members are these from now on. */
    void changed(String members) {
        text = members;
        store();
    }

    /** Makes the state say who the members are: after it was built from elsewhere too. */
    void store() {
        String members = text;
        if (members == null) {
            return;
        }
        byte[] data = members.getBytes(StandardCharsets.UTF_8);
        long version = version(members);
        Znode config = state.tree().find(ZnodePath.CONFIG);
        if (config == null || config.mzxid() != version || !holds(config, data)) {
            apply.storeConfig(data, version, clock.wallMillis());
        }
    }

    private static boolean holds(Znode node, byte[] data) {
        byte[] content = node.content();
        int begin = node.dataOffset();
        return Arrays.equals(content, begin, begin + Math.max(0, node.dataLength()), data, 0, data.length);
    }

    /** The last line of the text, a number in hexadecimal. */
    private static long version(String members) {
        int line = members.lastIndexOf(VERSION);
        return line < 0
                ? 0
                : Long.parseUnsignedLong(
                        members.substring(line + VERSION.length()).strip(), 16);
    }
}
