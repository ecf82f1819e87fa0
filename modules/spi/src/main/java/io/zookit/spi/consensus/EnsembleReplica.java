package io.zookit.spi.consensus;

import io.zookit.spi.storage.Storage;
import java.util.List;

/**
 * What the consensus of several servers may ask of the server around it, beyond a {@link Replica}. Everything is called by one thread
 * of the consensus, in an order that matters, and nothing here may wait for that thread. {@link #log} may wait for room in the log,
 * and for nothing else.
 *
 * <p>{@link #log} here comes from the consensus' thread in every role, also for what this server has proposed: the first one to see
 * a transaction of another server is the log, and the replica keeps it from there until it is committed.
 *
 * <p>{@link #roleChanged}: LOOKING means that whatever was in flight is dropped and clients are let go, and that no snapshot is being
 * written any more when the method returns, nor begun until another role comes: the storage's snapshots and log may be replaced
 * meanwhile. Another role means that the state is that of the last {@link #committed}: serve.
 */
public interface EnsembleReplica extends Replica {
    /** The open storage. The consensus reads it, keeps its epochs in it, and changes log and snapshots as {@link #afterLog} says. */
    Storage storage();

    /**
     * Runs work on the log thread: after everything given to {@link #log} before is durable and {@link Consensus#logged} has said so,
     * and before anything given later is appended. The work may change the log.
     *
     * @param work catches its own failures
     */
    void afterLog(Runnable work);

    /**
     * Throws the state away and builds it anew from the newest snapshot and the log; nothing is in flight.
     * {@link EnsembleConsensus#stateReloaded} follows. A state that cannot be built stops the server.
     */
    void reload();

    /**
     * A learner needs a snapshot and there is none that is new enough: takes one, of committed transactions only.
     * {@link EnsembleConsensus#snapshotTaken} follows; nothing does when the role changes first.
     *
     * @param atLeastZxid the state may not be older
     */
    void takeSnapshot(long atLeastZxid);

    /**
     * While leading: a learner's client wants something. To be handled in the order of arrival, each one that is no sync with exactly
     * one transaction of the same session and cxid, rejected ones included; a sync with {@link EnsembleConsensus#syncFor}.
     *
     * @param learner names the learner's link
     */
    void requested(long learner, ForwardedRequest request);

    /** The oldest open sync, of {@link EnsembleConsensus#sync} or forwarded, is done: what came before it has been committed here. */
    void synced();

    /** While leading: a learner's clients showed themselves. */
    void touched(long learner, List<TouchedSession> sessions);

    /** While leading: a learner asks whether a session may go on there. {@link EnsembleConsensus#revalidated} is the answer. */
    void revalidate(long learner, long sessionId, int timeoutMillis);

    /** The leader's answer to {@link EnsembleConsensus#revalidate}. */
    void revalidated(long sessionId, boolean valid);

    /**
     * The members this server goes by: once before the first role, and whenever they are others. The data of {@code /zookeeper/config},
     * which every server keeps for itself: {@code mzxid} is the version, the version of the data -1. When the change was a transaction of
     * this history, {@link #log} of it came first, and applying it has the same effect: clients see the members from there.
     *
     * @param text the standard text: {@code server.N} lines, groups, weights and version (the last line, in hexadecimal)
     */
    void membershipChanged(String text);

    /**
     * The members say that this server's clients are to connect elsewhere than before. Clients that are connected stay.
     *
     * @param address where, {@code host:port}; an IPv6 host stands in brackets
     */
    default void clientAddressChanged(String address) {}

    /** The consensus has ended for good and takes part in nothing any more: the server should stop. */
    void stopped(String reason);
}
