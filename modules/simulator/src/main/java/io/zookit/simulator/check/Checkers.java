package io.zookit.simulator.check;

import io.zookit.model.Id;
import io.zookit.simulator.storage.ServerStorage;
import io.zookit.simulator.storage.StoredTxn;
import io.zookit.wire.JuteReader;
import io.zookit.wire.LoggedTxn;
import io.zookit.wire.QuorumMessage;
import io.zookit.wire.TxnCodec;
import io.zookit.zab.Membership;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** All rules about servers. The world tells them its facts here; each method throws a {@link Violation} when a rule is broken. */
public final class Checkers {
    private final CommittedHistory history = new CommittedHistory();
    private final ReferenceTree reference = new ReferenceTree();
    private final ExpiryChecker expiry = new ExpiryChecker();
    private final MembersInForce members;
    private final List<Checker> all;

    /**
     * Rules for an ensemble.
     *
     * @param servers all servers, those that are down included; they may come later
     * @param first the members in the beginning
     * @param serversMax how many there will be
     * @param logIdleMillisMax how long a leader's log may stand still
     */
    public Checkers(List<? extends ServerView> servers, Membership first, int serversMax, long logIdleMillisMax) {
        members = new MembersInForce(first);
        all = List.of(
                new LeadershipChecker(),
                new PromiseChecker(),
                new ContiguityChecker(),
                new QuorumChecker(servers, members),
                new RemovedLeaderChecker(members),
                new SynchronisationChecker(),
                new TruncationChecker(),
                new CompletenessChecker(history),
                new EphemeralChecker(),
                new AclChecker(),
                new DamageChecker(),
                new MessageChecker(),
                new PrimaryOrderChecker(),
                new StuckLogChecker(logIdleMillisMax),
                new UnseatedChecker(),
                new ResourceChecker(serversMax),
                expiry);
    }

    private void tell(Consumer<Checker> fact) {
        for (Checker checker : all) {
            fact.accept(checker);
        }
    }

    /** What all servers have applied. */
    public CommittedHistory history() {
        return history;
    }

    /** The members there are by it. */
    public MembersInForce members() {
        return members;
    }

    /** What that means. */
    public ReferenceTree reference() {
        return reference;
    }

    /** A server logs a transaction; {@code previousZxid} is what its history ended with. */
    public void appended(ServerView server, long previousZxid, long zxid) {
        tell(checker -> checker.appended(server, previousZxid, zxid));
    }

    /** A server begins to lead. */
    public void leads(ServerView server, long epoch, long trueMicros) {
        expiry.now(trueMicros);
        tell(checker -> checker.leads(server, epoch));
    }

    /** A server sends a message to its leader or learner. */
    public void sends(ServerView server, long link, QuorumMessage message) {
        tell(checker -> checker.sends(server, link, message));
    }

    /** A message leaves a server, in the order of the wire. */
    public void transmits(ServerView server, long link, QuorumMessage message) {
        tell(checker -> checker.transmits(server, link, message));
    }

    /** A server closes a link with a leader or learner. */
    public void closes(ServerView server, long link, String reason) {
        tell(checker -> checker.closes(server, link, reason));
    }

    /** A leader is about to propose a transaction. */
    public void proposes(ServerView server, StoredTxn txn) {
        tell(checker -> checker.proposes(server, txn));
    }

    /** A leader goes on leading, and its log has stood still for so long with something to write. */
    public void leadsOn(ServerView server, long logIdleMillis) {
        tell(checker -> checker.leadsOn(server, logIdleMillis));
    }

    /** What a server holds on to when it has done what it was at. */
    public void holds(ServerView server, Holdings holdings) {
        tell(checker -> checker.holds(server, holdings));
    }

    /** From here, or up to here, only the links of a minority break. */
    public void minorityFlaps(boolean begins) {
        tell(checker -> checker.minorityFlaps(begins));
    }

    /** A server got a message of its leader or learner. */
    public void receives(ServerView server, long link, QuorumMessage message) {
        tell(checker -> checker.receives(server, link, message));
    }

    /**
     * A server has applied a transaction.
     *
     * @param previousZxid what its state held before
     * @param digest of its state now
     */
    public void applied(ServerView server, long previousZxid, StoredTxn txn, long digest) {
        LoggedTxn logged = TxnCodec.read(JuteReader.of(txn.record()));
        boolean isNew = history.add(server, previousZxid, txn, digest);
        if (isNew) {
            reference.apply(logged);
        }
        tell(checker -> checker.applied(server, txn, logged, digest, isNew));
        if (isNew) {
            members.committed(txn);
        }
    }

    /**
     * A server's state is that of a snapshot now.
     *
     * @param zxid of the snapshot
     * @param digest of the state
     */
    public void loaded(ServerView server, long zxid, long digest) {
        history.checkLoaded(server, zxid, digest);
        tell(checker -> checker.loaded(server, zxid));
    }

    /** A server reports its epochs as saved. */
    public void epochsSaved(ServerView server, long current) {
        tell(checker -> checker.epochsSaved(server, current));
    }

    /** A server reports its log as truncated. */
    public void truncated(ServerView server, long zxid) {
        tell(checker -> checker.truncated(server, zxid));
    }

    /** A server that is down has lost all its data. */
    public void wiped(ServerView server) {
        tell(checker -> checker.wiped(server));
    }

    /** A server was started from its disk. */
    public void started(ServerView server) {
        tell(checker -> checker.started(server));
    }

    /**
     * What a server would find on its disk, and what it would if one bit of a file changed.
     *
     * @param after {@code null} when it would refuse to start
     */
    public void damaged(ServerView server, String file, ServerStorage before, @Nullable ServerStorage after) {
        tell(checker -> checker.damaged(server, file, before, after));
    }

    /**
     * A client was told whether it may do something.
     *
     * @param zxid of the state that decided
     * @param permission one of {@link io.zookit.model.Permissions}
     */
    public void decided(String path, long zxid, int permission, Id identity, boolean allowed) {
        tell(checker -> checker.decided(path, zxid, permission, identity, allowed));
    }

    /** A leader heard of a session. */
    public void touched(ServerView server, long sessionId, long trueMicros) {
        tell(checker -> checker.touched(server, sessionId, trueMicros));
    }

    /** A server ends a session for its silence. */
    public void expires(ServerView server, long sessionId, int timeoutMillis, long trueMicros) {
        tell(checker -> checker.expires(server, sessionId, timeoutMillis, trueMicros));
    }
}
