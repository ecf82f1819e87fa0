package io.zookit.pipeline;

import io.zookit.spi.consensus.EnsembleReplica;
import io.zookit.spi.consensus.ForwardedRequest;
import io.zookit.spi.consensus.Role;
import io.zookit.spi.consensus.TouchedSession;
import io.zookit.spi.storage.Storage;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * The pipeline as the consensus of an ensemble sees it: hands transactions to the log, and everything else to the owner of the
 * state. All but {@link #close} is called by the thread of the consensus.
 */
final class EnsembleInbox implements EnsembleReplica, AutoCloseable {
    private static final long PATIENCE_MILLIS = 100;

    private final Storage storage;
    private final OwnerInbox inbox;
    private final LogQueue log;
    private final CommitStage commit;
    private final ApplyStage apply;
    private final RoleStep roles;
    private final LearnerStep learner;
    private final LeaderStep leader;
    private final SessionStep sessions;
    private final Snapshots snapshots;
    private final ClientPort clients;
    private final Fatal fatal;

    private Role role = Role.LOOKING;
    /** The newest zxid given to the log. Never wrong by being too high: what is proposed after a cut has a newer epoch. */
    private long loggedZxid;

    private volatile boolean closed;

    /**
     * @param lastZxid the newest zxid in the recovered log
     * @param fatal is told when the consensus has ended for good
     */
    EnsembleInbox(
            Storage storage,
            OwnerInbox inbox,
            LogQueue log,
            Stages stages,
            ClientPort clients,
            long lastZxid,
            Fatal fatal) {
        this.storage = storage;
        this.inbox = inbox;
        this.log = log;
        this.commit = stages.commit();
        this.apply = stages.apply();
        this.roles = stages.roles();
        this.learner = stages.learner();
        this.leader = stages.leader();
        this.sessions = stages.sessions();
        this.snapshots = stages.snapshots();
        this.clients = clients;
        this.fatal = fatal;
        this.loggedZxid = lastZxid;
        snapshots.suspend();
    }

    @Override
    public Storage storage() {
        return storage;
    }

    /**
     * Waits for the owner when a role ends: whatever it still asks of the consensus in the name of the old role is then in line
     * before anything that could lead to a new one.
     */
    @Override
    public void roleChanged(Role changed, long epoch) {
        Role before = role;
        role = changed;
        long committed = commit.committedZxid();
        if (changed != Role.LOOKING) {
            snapshots.resume();
            inbox.put(() -> roles.begin(changed, epoch, committed));
        } else if (before != Role.LOOKING) {
            long logged = loggedZxid;
            CountDownLatch ended = new CountDownLatch(1);
            inbox.put(() -> {
                roles.end(committed, logged);
                ended.countDown();
            });
            snapshots.suspend();
            await(ended);
        }
    }

    private void await(CountDownLatch ended) {
        boolean interrupted = false;
        boolean done = false;
        while (!done && !closed) {
            try {
                done = ended.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void log(long zxid, byte[] record) {
        loggedZxid = zxid;
        if (role != Role.LEADING) {
            inbox.leave(() -> learner.logged(zxid, record));
        }
        log.addAtOnce(zxid, record);
    }

    @Override
    public void afterLog(Runnable work) {
        log.addAtOnce(work);
    }

    @Override
    public void committed(long zxid) {
        commit.committed(zxid);
    }

    @Override
    public void reload() {
        inbox.put(roles::reload);
    }

    @Override
    public void takeSnapshot(long atLeastZxid) {
        inbox.put(() -> snapshots.want(atLeastZxid));
    }

    @Override
    public void requested(long link, ForwardedRequest request) {
        inbox.put(() -> leader.requested(link, request));
    }

    @Override
    public void synced() {
        putWhenApplied(learner::synced);
    }

    @Override
    public void touched(long link, List<TouchedSession> sessions) {
        inbox.put(() -> leader.touched(sessions));
    }

    @Override
    public void revalidate(long link, long sessionId, int timeoutMillis) {
        putWhenApplied(() -> leader.revalidate(link, sessionId, timeoutMillis));
    }

    @Override
    public void revalidated(long sessionId, boolean valid) {
        inbox.put(() -> sessions.revalidated(sessionId, valid));
    }

    /** Has the owner do something that depends on everything that is committed now. */
    private void putWhenApplied(Runnable piece) {
        long committed = commit.committedZxid();
        inbox.put(() -> {
            apply.applyUpTo(committed);
            piece.run();
        });
    }

    @Override
    public void membershipChanged(String text) {
        inbox.put(() -> roles.members(text));
    }

    @Override
    public void clientAddressChanged(String address) {
        clients.moveTo(address);
    }

    @Override
    public void stopped(String reason) {
        fatal.stop("the consensus", new ConsensusStoppedException(reason));
    }

    /** Nobody waits for the owner any more: it takes no further turn. */
    @Override
    public void close() {
        closed = true;
    }
}
