package io.zookit.spi.storage;

import io.zookit.model.Acl;
import io.zookit.model.PersistedStat;
import java.nio.ByteBuffer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Takes the content of a snapshot: first all sessions, then all znodes with parents before children, then the end. It is both
 * what a store writes from and what it reads into, so that copying between two stores is one call.
 */
public interface SnapshotSink {
    /**
     * A session.
     *
     * @param id its id
     * @param timeoutMillis its negotiated timeout
     */
    void session(long id, int timeoutMillis);

    /**
     * A znode.
     *
     * @param path complete path, {@code /} for the root
     * @param data its data from position to limit, {@code null} for none; valid during the call
     * @param acl its list; equal lists are often the same object
     * @param stat its stored facts
     */
    void node(String path, @Nullable ByteBuffer data, List<Acl> acl, PersistedStat stat);

    /**
     * Says, before the end, that this state is not exactly that of one zxid: a foreign server may have changed it while it was
     * written. Replaying the log after the snapshot's zxid makes it exact, at this zxid. Our own snapshots are exact.
     *
     * @param zxid no later transaction is held in part
     */
    default void mayHoldLater(long zxid) {}

    /**
     * The end: everything was there.
     *
     * @param digest the digest of the tree (version 2), {@code null} when it is not known
     */
    void end(@Nullable Long digest);
}
