package io.zookit.spi.consensus;

import java.util.function.Consumer;

/**
 * The consensus of several servers: what a {@link Consensus} offers beyond ordering the writes of this server alone. Its replica is an
 * {@link EnsembleReplica}.
 *
 * <p>The order of one transaction, on every server: {@link Replica#log} → {@link #logged} → {@link Replica#committed}. Where this
 * server leads, {@link #propose} comes first; elsewhere a client's write goes away with {@link #forward} and comes back as a
 * transaction with the same session and cxid.
 *
 * <p>Nothing here blocks or fails; what does not fit the role any more is dropped, and {@link Replica#roleChanged} tells why. Any
 * thread, unless a method says otherwise.
 */
public interface EnsembleConsensus extends Consensus {
    /**
     * Begins.
     *
     * @param replica an {@link EnsembleReplica}
     * @throws IllegalStateException when the replica is one of a server that runs alone
     */
    @Override
    void start(Replica replica, long lastZxid);

    /** While following or observing: hands a client's request to the leader, a sync too. Called in the order of the requests. */
    void forward(ForwardedRequest request);

    /** While leading: a client of this server wants to read what every earlier write left. {@link EnsembleReplica#synced} follows. */
    void sync();

    /** While leading: a learner's client wants the same; the learner is told. */
    void syncFor(long learner);

    /** While following or observing: asks whether a session may go on here. {@link EnsembleReplica#revalidated} follows. */
    void revalidate(long sessionId, int timeoutMillis);

    /** While leading: the answer to {@link EnsembleReplica#revalidate}. */
    void revalidated(long learner, long sessionId, boolean valid);

    /** While following or observing: a session showed itself, or was opened; the leader hears of it. */
    void touched(long sessionId, int timeoutMillis);

    /**
     * While leading: what a client's request for other members comes to. What is proposable is written down as a transaction of the type
     * reconfig that sets the data of {@code /zookeeper/config} to the answer's text, its version to -1, and is given to {@link #propose}
     * like any other, before the next question: the consensus knows it by its type. It counts from its commit, and
     * {@link EnsembleReplica#membershipChanged} follows on every server.
     *
     * <p>Everything about a request is checked here but whether this client may: that is asked after it.
     *
     * @param request what is asked for
     * @param zxid of the transaction that will carry it; the version of the ensemble to be
     */
    MembershipAnswer changeMembers(MembershipRequest request, long zxid);

    /**
     * Tells where the ensemble stands, for people and monitoring. Nobody is told any more when the consensus has ended.
     *
     * @param taker called once, soon, by a thread of the consensus; does not block
     */
    void facts(Consumer<EnsembleFacts> taker);

    /** The answer to {@link EnsembleReplica#reload}: the state is the one of the newest snapshot and the log after it. */
    void stateReloaded();

    /** A snapshot has been completed: learners may be waiting for one. */
    void snapshotTaken();
}
