package io.zookit.pipeline;

import com.lmax.disruptor.BatchEventProcessor;
import com.lmax.disruptor.BatchEventProcessorBuilder;
import com.lmax.disruptor.BlockingWaitStrategy;
import com.lmax.disruptor.EventPoller;
import com.lmax.disruptor.ExceptionHandler;
import com.lmax.disruptor.RingBuffer;
import com.lmax.disruptor.YieldingWaitStrategy;
import io.zookit.spi.consensus.EnsembleConsensus;
import io.zookit.spi.consensus.Replica;
import io.zookit.spi.consensus.Role;
import io.zookit.spi.transport.Transport;
import io.zookit.tree.TreeOptions;
import java.net.InetSocketAddress;
import java.util.function.Supplier;

/**
 * The pipeline of a server: recovers the state, builds the stages and the rings between them, and runs them. Standalone, leader and
 * follower are the same pipeline with another consensus behind it.
 */
public final class Pipeline implements AutoCloseable {
    private final PipelineParts parts;
    private final Recovery.Recovered recovered;
    private final ServerRole role;
    private final Replica replica;
    private final Turns turns;
    private final Stages stages;
    private final OwnerRound round;
    private final BatchEventProcessor<LogEvent> logProcessor;
    private final Thread logThread;
    private final TurnTimer timer;
    private final ClientPort clients;
    private volatile boolean closed;

    /**
     * Recovers the state and builds the stages. The storage is open; nothing runs yet.
     *
     * @throws io.zookit.spi.storage.StorageException when the state cannot be brought back
     */
    public Pipeline(PipelineParts parts, PipelineOptions options) {
        this.parts = parts;
        TreeOptions treeOptions = new TreeOptions(
                options.digest(), options.extendedTypes(), parts.random().nextLong());
        Supplier<Recovery.Recovered> recovery =
                () -> new Recovery(parts.storage(), treeOptions, parts.clock()).recover();
        this.recovered = recovery.get();
        ReplicaState state = new ReplicaState(
                recovered.tree(), recovered.sessions(), parts.random().nextLong());
        this.turns = new Turns(this::turn, parts.transport());

        // The owner polls and never waits: the default strategy would enter a monitor with each request.
        RingBuffer<RequestEvent> requests = RingBuffer.createMultiProducer(
                RequestEvent::new, options.requestRingSize(), new YieldingWaitStrategy());
        EventPoller<RequestEvent> poller = requests.newPoller();
        requests.addGatingSequences(poller.getSequence());
        // One producer at a time, the owner of the state, but not always the same thread: the ring must not tie itself
        // to one.
        RingBuffer<LogEvent> log =
                RingBuffer.createMultiProducer(LogEvent::new, options.logRingSize(), new BlockingWaitStrategy());
        OwnerInbox inbox = new OwnerInbox(turns::request);
        EnsembleConsensus ensemble =
                parts.consensus() instanceof EnsembleConsensus several ? several : NoEnsemble.INSTANCE;
        this.role = new ServerRole(ensemble == NoEnsemble.INSTANCE);
        // An ensemble keeps records for its learners, so that each has to have an array of its own.
        RecordRing records = new RecordRing(role.isAlone() ? RecordRing.BYTES : 0);
        LogQueue logQueue = new LogQueue(log, records);

        Statistics statistics = new Statistics();
        this.stages = Stages.build(
                parts, options, state, role, ensemble, recovered, recovery, turns, requests, records, statistics);
        this.clients = new ClientPort(parts.transport(), parts.threads().apply("client-port"));
        this.replica = role.isAlone()
                ? new StandaloneReplica(inbox, logQueue, stages.commit(), stages.roles())
                : new EnsembleInbox(
                        parts.storage(), inbox, logQueue, stages, clients, recovered.lastZxid(), this::fail);
        PipelineFacts.StartFacts start = new PipelineFacts.StartFacts(
                parts.clock().monotonicMillis(),
                parts.clock().wallMillis() - parts.clock().monotonicMillis(),
                recovered.replayed(),
                recovered.tookMillis());
        stages.words().tellAbout(new PipelineFacts(options, parts, state, role, stages, statistics, start));
        this.timer =
                new TurnTimer(parts.clock(), turns::request, parts.threads().apply("timer"));
        this.round = new OwnerRound(stages, state, inbox, poller, logQueue, timer, parts.clock());

        this.logProcessor = new BatchEventProcessorBuilder().build(log, log.newBarrier(), stages.log());
        logProcessor.setExceptionHandler(new StopOnException());
        log.addGatingSequences(logProcessor.getSequence());
        this.logThread = parts.threads().apply("log").newThread(logProcessor);
    }

    /** One line for the start: what was recovered, and how long it took. */
    public String recoveryText() {
        return recovered.text();
    }

    /** What this server is to its clients at the moment. Any thread. */
    public Role role() {
        return role.now();
    }

    /**
     * Starts the threads and the consensus, then accepts clients.
     *
     * @param address where clients connect to
     * @param backlog see {@link Transport#start}
     * @throws io.zookit.spi.transport.TransportException when it cannot be bound
     */
    public void start(InetSocketAddress address, int backlog) {
        logThread.start();
        timer.start();
        parts.consensus().start(replica, recovered.lastZxid());
        clients.start(address, backlog, stages.accept());
        turns.request();
    }

    /**
     * Where clients connect, with the port that was really bound; a reconfiguration may change it while the server runs. Unresolved
     * before the start. Any thread.
     */
    public InetSocketAddress clientAddress() {
        return clients.bound();
    }

    private void turn() {
        if (closed) {
            return;
        }
        try {
            round.work();
        } catch (RuntimeException | Error bug) {
            fail("the request pipeline", bug);
        }
    }

    private void fail(String where, Throwable cause) {
        closed = true;
        parts.fatal().stop(where, cause);
    }

    /** Stops everything; what was not acknowledged may be lost. The transport is closed already. Idempotent. */
    @Override
    public void close() {
        closed = true;
        clients.close();
        if (replica instanceof EnsembleInbox ensemble) {
            ensemble.close();
        }
        timer.close();
        stages.words().close();
        stages.authenticate().close();
        parts.consensus().close();
        logProcessor.halt();
        Threads.join(logThread);
        stages.snapshots().close();
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
}
