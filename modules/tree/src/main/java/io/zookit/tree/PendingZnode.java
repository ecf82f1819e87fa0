package io.zookit.tree;

import io.zookit.model.Acl;
import io.zookit.model.PersistedStat;
import java.util.List;

/**
 * A znode as it will be once everything proposed has been applied. Where nothing is proposed that is the committed {@link Znode}
 * itself, so looking costs nothing. Valid until the next change of the tree or of the {@link PendingTree}.
 */
public sealed interface PendingZnode permits Znode, ChangedZnode {
    /** The zxid of its creation. */
    long czxid();

    /** The zxid of the last change of its data. */
    long mzxid();

    /** The zxid of the last creation or deletion of a child. */
    long pzxid();

    /** Time of its creation, milliseconds since 1970. */
    long ctime();

    /** Time of the last change of its data, milliseconds since 1970. */
    long mtime();

    /** Number of data changes, modulo 2^32. */
    int version();

    /** The stored counter of child creations; also the next sequential suffix. Clients see another number, see {@link Znode#stat}. */
    int cversion();

    /** Number of ACL changes, modulo 2^32. */
    int aversion();

    /** The raw owner (see {@link io.zookit.model.EphemeralOwner}). */
    long ephemeralOwner();

    /** Whether a session owns it, so that it may have no children and goes with the session. Respects {@link TreeOptions#extendedTypes}. */
    boolean isEphemeral();

    /** Number of children. */
    int childCount();

    /** Who may do what; equal lists are mostly the same object. */
    List<Acl> acl();

    /** The array that holds the data; never changed. */
    byte[] content();

    /** Where the data begins in {@link #content}. */
    int dataOffset();

    /** Bytes of data, -1 when there is none (which clients can tell from empty). */
    int dataLength();

    /** The facts as they are stored. */
    default PersistedStat persistedStat() {
        return new PersistedStat(
                czxid(), mzxid(), ctime(), mtime(), version(), cversion(), aversion(), ephemeralOwner(), pzxid());
    }
}
