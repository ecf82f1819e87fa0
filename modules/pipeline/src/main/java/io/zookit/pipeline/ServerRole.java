package io.zookit.pipeline;

import io.zookit.model.Zxid;
import io.zookit.spi.consensus.Role;
import java.util.Locale;

/**
 * What this server is at the moment. Changed by the owner of the state only; any thread may look. A connection lives within one
 * term of a role: when the role ends, its clients are let go.
 */
final class ServerRole {
    private final boolean alone;
    private volatile Role role = Role.LOOKING;
    private volatile long firstZxid;
    private volatile boolean readOnly;

    /**
     * @param alone whether there is no ensemble
     */
    ServerRole(boolean alone) {
        this.alone = alone;
    }

    /**
     * Takes a role on.
     *
     * @param next the role
     * @param epoch the epoch it holds in
     */
    void become(Role next, long epoch) {
        firstZxid = Zxid.of(epoch, 0);
        readOnly = false;
        role = next;
    }

    Role now() {
        return role;
    }

    /** Whether this server has no ensemble and leads only itself. */
    boolean isAlone() {
        return alone;
    }

    /** Whether there is a leader, so that clients are served. */
    boolean serves() {
        return role != Role.LOOKING;
    }

    /** Clients that want to read only are served without a leader, or are not any more. */
    void readOnly(boolean served) {
        readOnly = served;
    }

    /** Whether there is no leader, but clients that want to read only are served. */
    boolean readsOnly() {
        return readOnly;
    }

    /** Whether this server orders the writes: standalone, or as the leader of its ensemble. */
    boolean leads() {
        return role == Role.LEADING;
    }

    /** Whether writes go to another server. */
    boolean forwards() {
        return role == Role.FOLLOWING || role == Role.OBSERVING;
    }

    /** The role by the word of ZooKeeper for it, {@code leading}. */
    String word() {
        return role.name().toLowerCase(Locale.ROOT);
    }

    /**
     * How far the state reaches when nothing has been applied in this epoch yet: an ensemble agrees on everything before an epoch
     * before it begins to serve in it, so a client that has seen the beginning of the epoch has seen no more than is here.
     */
    long epochZxid() {
        return firstZxid;
    }
}
