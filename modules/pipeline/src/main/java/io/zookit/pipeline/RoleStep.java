package io.zookit.pipeline;

import io.zookit.session.Session;
import io.zookit.spi.ServerClock;
import io.zookit.spi.consensus.EnsembleConsensus;
import io.zookit.spi.consensus.Role;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes roles on and lays them down: what begins with a role, what ends with it, and what outlives it. The state does; clients and
 * whatever they wait for do not. Runs on the owner of the state.
 */
final class RoleStep {
    private static final Logger LOG = LoggerFactory.getLogger(RoleStep.class);

    private final ReplicaState state;
    private final ServerRole role;
    private final EnsembleConsensus consensus;
    private final AcceptStage accept;
    private final ProposeStage propose;
    private final ApplyStage apply;
    private final AnswerStep answers;
    private final ReplyStage replies;
    private final SessionStep sessions;
    private final LearnerStep learner;
    private final LeaderStep leader;
    private final SweepStep sweep;
    private final ReadOnlyStep readOnly;
    private final CommitStage commit;
    private final Snapshots snapshots;
    private final MembersStep members;
    private final Supplier<Recovery.Recovered> recovery;
    private final ServerClock clock;
    private long sinceMillis;

    /**
     * @param recovery builds the state anew from the storage
     */
    RoleStep(
            ReplicaState state,
            ServerRole role,
            EnsembleConsensus consensus,
            AcceptStage accept,
            ProposeStage propose,
            ApplyStage apply,
            AnswerStep answers,
            ReplyStage replies,
            SessionStep sessions,
            LearnerStep learner,
            LeaderStep leader,
            SweepStep sweep,
            ReadOnlyStep readOnly,
            CommitStage commit,
            Snapshots snapshots,
            MembersStep members,
            Supplier<Recovery.Recovered> recovery,
            ServerClock clock) {
        this.state = state;
        this.role = role;
        this.consensus = consensus;
        this.accept = accept;
        this.propose = propose;
        this.apply = apply;
        this.answers = answers;
        this.replies = replies;
        this.sessions = sessions;
        this.learner = learner;
        this.leader = leader;
        this.sweep = sweep;
        this.readOnly = readOnly;
        this.commit = commit;
        this.snapshots = snapshots;
        this.members = members;
        this.recovery = recovery;
        this.clock = clock;
        this.sinceMillis = clock.monotonicMillis();
        readOnly.lookingSince(sinceMillis);
    }

    /** When the role began, in milliseconds of the monotonic clock. */
    long sinceMillis() {
        return sinceMillis;
    }

    /** The role of a server without others, for good. */
    void beginAlone(Role only, long epoch) {
        role.become(only, epoch);
        lead();
    }

    /**
     * A role begins: clients are served from now on.
     *
     * @param committedZxid everything up to here belongs to the state the role begins with
     */
    void begin(Role next, long epoch, long committedZxid) {
        endReadOnly();
        sinceMillis = clock.monotonicMillis();
        apply.applyUpTo(committedZxid);
        role.become(next, epoch);
        if (role.leads()) {
            propose.beginEpoch(epoch);
            lead();
        }
    }

    private void lead() {
        long nowMillis = clock.monotonicMillis();
        sessions.begin(nowMillis);
        sweep.begin(nowMillis);
    }

    /**
     * The role ends: nobody is served until there is another. Whoever waits for what is committed is answered before.
     *
     * @param committedZxid everything up to here was committed in the role
     * @param loggedZxid the newest zxid that went to the log
     */
    void end(long committedZxid, long loggedZxid) {
        apply.applyUpTo(committedZxid);
        role.become(Role.LOOKING, 0);
        sinceMillis = clock.monotonicMillis();
        propose.endEpoch(loggedZxid);
        learner.end(replies);
        leader.end();
        sweep.end();
        sessions.end();
        answers.end();
        letClientsGo("there is no leader at the moment");
        readOnly.lookingSince(sinceMillis);
    }

    private void endReadOnly() {
        if (readOnly.end()) {
            sessions.end();
            letClientsGo("they can write again, at a server with a leader");
        }
    }

    private void letClientsGo(String reason) {
        int clients = 0;
        for (ClientConnection connection : accept.connections()) {
            if (connection.session() != null || connection.waitingCount() > 0) {
                clients++;
                letGo(connection);
            }
        }
        if (clients > 0) {
            LOG.info("{} clients are let go: {}", clients, reason);
        }
    }

    private void letGo(ClientConnection connection) {
        connection.letGo();
        connection.waiting().forEach(waiting -> answers.done(waiting.facts()));
        connection.waiting().clear();
        learner.disconnected(connection);
        Session<ClientConnection> session = connection.session();
        if (session != null) {
            session.detach(connection);
        }
        replies.close(connection);
    }

    /** The ensemble has these members. */
    void members(String text) {
        members.changed(text);
    }

    /** The storage holds another history than before: the state is built from it anew. */
    void reload() {
        endReadOnly();
        readOnly.lookingSince(clock.monotonicMillis());
        Recovery.Recovered recovered = recovery.get();
        state.replace(recovered.tree(), recovered.sessions());
        apply.digests().comparison().restart(recovered.inStep());
        members.stateReplaced();
        propose.restart(recovered.lastZxid());
        commit.restart(recovered.lastZxid());
        snapshots.restart(recovered.replayed(), recovered.replayedBytes());
        LOG.info("state built anew: {}", recovered.text());
        consensus.stateReloaded();
    }
}
