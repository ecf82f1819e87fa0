package io.zookit.pipeline;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.ExceptionHandler;
import com.lmax.disruptor.RingBuffer;
import io.zookit.pipeline.operation.AccessControl;
import io.zookit.pipeline.operation.Operations;
import io.zookit.session.Session;
import io.zookit.session.SessionIds;
import io.zookit.session.SessionPasswords;
import io.zookit.spi.ServerClock;
import io.zookit.spi.auth.AuthScheme;
import io.zookit.spi.auth.IdentityGrant;
import io.zookit.spi.consensus.Consensus;
import io.zookit.spi.consensus.Replica;
import io.zookit.spi.consensus.Role;
import io.zookit.spi.session.SessionExpiry;
import io.zookit.spi.storage.Storage;
import io.zookit.spi.transport.Transport;
import io.zookit.tree.TreeOptions;
import java.net.InetSocketAddress;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadFactory;
import java.util.function.Function;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The pipeline of a server: recovers the state, puts the stages together and runs them. Standalone, leader and follower are the
 * same pipeline with another consensus behind it.
 */
public final class Pipeline implements Replica, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);

    private final Parts parts;
    private final PipelineOptions options;
    private final Recovery.Recovered recovered;

    private final ReplicaState state;
    private final Statistics statistics = new Statistics();
    private final Turns turns;
    private final EventPoller<RequestEvent> requests;
    private final LogQueue logQueue;
    private final BatchEventProcessor<LogEvent> logProcessor;
    private final Thread logThread;

    private final AcceptStage accept;
    private final DecodeStage decode;
    private final AuthenticateStage authenticate;
    private final PrepareStage prepare;
    private final ProposeStage propose;
    private final CommitStage commit;
    private final ApplyStage apply;
    private final AnswerStep answers;
    private final ReplyStage replies;
    private final SessionStep sessions;
    private final HandshakeStep handshakes;
    private final Snapshots snapshots;
    private final TurnTimer timer;
    private volatile boolean leading;
    private volatile boolean closed;
    private boolean began;

    /**
     * What a pipeline is made of: the chosen plugins and what is impure.
     *
     * @param threads makes a thread factory for a role
     * @param sessionIds gives out the ids of new sessions
     * @param passwords gives out and checks the passwords of sessions
     * @param fatal is told when the server cannot go on
     */
    public record Parts(
            Transport transport,
            Consensus consensus,
            Storage storage,
            SessionExpiry expiry,
            List<AuthScheme> schemes,
            List<IdentityGrant> grants,
            ServerClock clock,
            RandomGenerator random,
            Function<String, ThreadFactory> threads,
            SessionIds sessionIds,
            SessionPasswords passwords,
            Fatal fatal) {}

    /**
     * Recovers the state and builds the stages. The storage is open; nothing runs yet.
     *
     * @throws io.zookit.spi.storage.StorageException when the state cannot be brought back
     */
    public Pipeline(Parts parts, PipelineOptions options) {
        this.parts = parts;
        this.options = options;
        this.recovered = new Recovery(
                        parts.storage(),
                        new TreeOptions(
                                options.digest(),
                                options.extendedTypes(),
                                parts.random().nextLong()),
                        parts.clock())
                .recover();
        this.state = ReplicaState.of(
                recovered.tree(), recovered.sessions(), parts.random().nextLong());
        this.turns = new Turns(this::turn, parts.transport());

        RingBuffer<RequestEvent> requestRing =
                RingBuffer.createMultiProducer(RequestEvent::new, options.requestRingSize());
        RingBuffer<LogEvent> logRing =
                RingBuffer.createSingleProducer(LogEvent::new, options.logRingSize(), new BlockingWaitStrategy());
        Map<String, AuthScheme> schemes = new LinkedHashMap<>();
        parts.schemes().forEach(scheme -> schemes.put(scheme.scheme(), scheme));
        AccessControl access = new AccessControl(schemes, options.skipAcl());
        FourLetterWords words = new FourLetterWords(options.words());

        // The stages, in the order of a request.
        this.replies = new ReplyStage(statistics, options.pendingBytesMax());
        this.authenticate = new AuthenticateStage(
                requestRing,
                turns,
                schemes,
                parts.grants(),
                parts.clock(),
                options.authTimeoutMillis(),
                parts.threads().apply("auth"));
        this.decode = new DecodeStage(requestRing, new Operations(), words, authenticate, parts.clock(), options);
        this.accept = new AcceptStage(decode, replies, turns, parts.schemes(), parts.clock(), options);
        this.propose = new ProposeStage(
                parts.consensus(), state.pending(), parts.clock(), options.logRingSize(), options.digest(), lastZxid());
        this.answers = new AnswerStep(state, access, replies, decode, statistics);
        this.sessions = new SessionStep(
                state, parts.expiry(), parts.sessionIds(), parts.passwords(), propose, replies, options);
        this.prepare = new PrepareStage(
                state, access, propose, answers, replies, sessions, words, statistics, options.extendedTypes());
        LogStage log = new LogStage(parts.storage().log(), parts.consensus());
        this.commit = new CommitStage(turns::request, lastZxid());
        this.apply = new ApplyStage(state, commit, propose, answers, sessions, access);

        this.handshakes = new HandshakeStep(accept, options.handshakeTimeoutMillis());
        this.snapshots = new Snapshots(
                state,
                parts.storage(),
                log::requestRoll,
                turns::request,
                parts.clock(),
                parts.threads().apply("snapshot"),
                parts.random(),
                options);
        this.timer =
                new TurnTimer(parts.clock(), turns::request, parts.threads().apply("timer"));
        words.tellAbout(new Facts());

        this.requests = requestRing.newPoller();
        requestRing.addGatingSequences(requests.getSequence());
        this.logQueue = new LogQueue(logRing);
        this.logProcessor = new BatchEventProcessorBuilder().build(logRing, logRing.newBarrier(), log);
        logProcessor.setExceptionHandler(new StopOnException());
        logRing.addGatingSequences(logProcessor.getSequence());
        this.logThread = parts.threads().apply("log").newThread(logProcessor);
    }

    /** The newest zxid that was recovered. */
    public long lastZxid() {
        return recovered.lastZxid();
    }

    /** One line for the start: what was recovered, and how long it took. */
    public String recoveryText() {
        return String.format(
                "zxid 0x%x, %d znodes, %d sessions (snapshot 0x%x, %d transactions replayed) in %d ms",
                recovered.lastZxid(),
                state.tree().nodeCount(),
                state.sessions().size(),
                recovered.snapshotZxid(),
                recovered.replayed(),
                recovered.tookMillis());
    }

    /**
     * Starts the threads and the consensus, then accepts clients.
     *
     * @param address where clients connect to
     * @param backlog see {@link Transport#start}
     * @return the address really bound
     * @throws io.zookit.spi.transport.TransportException when it cannot be bound
     */
    public InetSocketAddress start(InetSocketAddress address, int backlog) {
        logThread.start();
        timer.start();
        parts.consensus().start(this, lastZxid());
        InetSocketAddress bound = parts.transport().start(address, backlog, accept);
        turns.request();
        return bound;
    }

    @Override
    public void roleChanged(Role role, long epoch) {
        leading = role == Role.LEADING;
    }

    @Override
    public void log(long zxid, byte[] record) {
        logQueue.add(zxid, record);
    }

    @Override
    public void committed(long zxid) {
        commit.committed(zxid);
    }

    /** One round of work of whoever owns the state. */
    private void turn() {
        if (closed || !leading) {
            return;
        }
        try {
            work();
        } catch (RuntimeException | Error bug) {
            fail("the request pipeline", bug);
        }
    }

    private void work() {
        long nanos = parts.clock().monotonicNanos();
        long millis = parts.clock().monotonicMillis();
        answers.turnBegins(nanos);
        sessions.turnBegins(millis);
        if (!began) {
            began = true;
            sessions.begin(millis);
        }
        int applied = apply.applyCommitted();
        takeRequests();
        disconnected();
        sessions.expire();
        handshakes.closeLate(millis);
        authenticate.denyLate(millis, replies);
        logQueue.publish();
        sessions.touchHeard();
        replies.flush();
        resumeStarved();
        snapshots.turnEnds(applied);
        timer.at(Math.min(
                sessions.nextDeadlineMillis(),
                Math.min(handshakes.nextDeadlineMillis(), authenticate.nextDeadlineMillis())));
    }

    private void takeRequests() {
        try {
            if (propose.hasCredit()) {
                requests.poll((event, sequence, endOfBatch) -> {
                    prepare.take(event);
                    event.clear();
                    return propose.hasCredit();
                });
            }
        } catch (RuntimeException | Error bug) {
            throw bug;
        } catch (Exception impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void disconnected() {
        ClientConnection gone;
        while ((gone = accept.gone().poll()) != null) {
            state.watches().removeAll(gone);
            sessions.disconnected(gone);
        }
    }

    private void resumeStarved() {
        ClientConnection waiting;
        while (propose.hasCredit()
                && decode.hasRoom()
                && (waiting = decode.starved().poll()) != null) {
            waiting.transport().resumeReading();
        }
    }

    private void fail(String where, Throwable cause) {
        closed = true;
        parts.fatal().stop(where, cause);
    }

    /** Stops everything; what was not acknowledged may be lost. The transport is closed already. */
    @Override
    public void close() {
        closed = true;
        timer.close();
        authenticate.close();
        parts.consensus().close();
        logProcessor.halt();
        Threads.join(logThread);
        snapshots.close();
        LOG.debug("pipeline stopped");
    }

    /** A failure on the log thread: the disk, or a bug. Nothing after it is acknowledged. */
    private final class StopOnException implements ExceptionHandler<LogEvent> {
        @Override
        public void handleEventException(Throwable cause, long sequence, LogEvent event) {
            logProcessor.halt();
            fail("the transaction log", cause);
        }

        @Override
        public void handleOnStartException(Throwable cause) {
            fail("the log thread", cause);
        }

        @Override
        public void handleOnShutdownException(Throwable cause) {
            fail("the log thread", cause);
        }
    }

    /** What four-letter words tell about. */
    private final class Facts implements FourLetterWords.ServerFacts {
        @Override
        public String version() {
            return options.version();
        }

        @Override
        public String mode() {
            return parts.consensus().mode();
        }

        @Override
        public Statistics statistics() {
            return statistics;
        }

        @Override
        public int connections() {
            return accept.count();
        }

        @Override
        public int outstanding() {
            return propose.proposed().size();
        }

        @Override
        public long lastZxid() {
            return state.tree().lastZxid();
        }

        @Override
        public int nodeCount() {
            // The root counts twice, as it always has: tools compare this number.
            return state.tree().nodeCount() + 1;
        }

        @Override
        public ReplicaState state() {
            return state;
        }

        @Override
        public long expiresInMillis(Session<ClientConnection> session) {
            return parts.expiry().deadlineMillis(session.id()) - parts.clock().monotonicMillis();
        }
    }
}
