package io.zookit.model;

import org.jspecify.annotations.Nullable;

/** The kinds of znode a client can create, by the flag of the create requests. */
public enum CreateMode {
    /** Stays until deleted. */
    PERSISTENT(0, false, false),
    /** Goes with the session that created it. */
    EPHEMERAL(1, true, false),
    /** Persistent, its name completed by the parent's counter. */
    PERSISTENT_SEQUENTIAL(2, false, true),
    /** Ephemeral, its name completed by the parent's counter. */
    EPHEMERAL_SEQUENTIAL(3, true, true),
    /** Goes some time after its last child. */
    CONTAINER(4, false, false),
    /** Goes when it is childless and unchanged for its time to live. */
    PERSISTENT_WITH_TTL(5, false, false),
    /** As {@link #PERSISTENT_WITH_TTL}, its name completed by the parent's counter. */
    PERSISTENT_SEQUENTIAL_WITH_TTL(6, false, true);

    private static final CreateMode[] BY_FLAG = values();

    private final int flag;
    private final boolean ephemeral;
    private final boolean sequential;

    CreateMode(int flag, boolean ephemeral, boolean sequential) {
        this.flag = flag;
        this.ephemeral = ephemeral;
        this.sequential = sequential;
    }

    /** The mode of a flag from the wire, or {@code null} when there is no such mode. */
    public static @Nullable CreateMode ofFlag(int flag) {
        return flag >= 0 && flag < BY_FLAG.length ? BY_FLAG[flag] : null;
    }

    /** The flag on the wire. */
    public int flag() {
        return flag;
    }

    /** Whether the znode belongs to the session that creates it. */
    public boolean isEphemeral() {
        return ephemeral;
    }

    /** Whether the parent's counter completes the name. */
    public boolean isSequential() {
        return sequential;
    }

    /** Whether the request must carry a time to live. */
    public boolean hasTtl() {
        return this == PERSISTENT_WITH_TTL || this == PERSISTENT_SEQUENTIAL_WITH_TTL;
    }
}
