package io.zookit.wire;

import org.jspecify.annotations.Nullable;

/** What a server says it is when it votes (election protocol, field state). */
public enum PeerState {
    /** Without a leader, and looking for one. */
    LOOKING(0),
    /** Votes on what a leader proposes. */
    FOLLOWING(1),
    /** Orders all writes. */
    LEADING(2),
    /** Hears what was decided and does not vote. */
    OBSERVING(3);

    private final int code;

    PeerState(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** The state of a number, {@code null} for one that no version of the protocol knows. */
    public static @Nullable PeerState of(int code) {
        for (PeerState state : values()) {
            if (state.code == code) {
                return state;
            }
        }
        return null;
    }
}
