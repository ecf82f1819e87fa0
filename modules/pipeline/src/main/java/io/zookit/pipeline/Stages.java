package io.zookit.pipeline;

import com.lmax.disruptor.RingBuffer;
import io.zookit.pipeline.operation.AccessControl;
import io.zookit.pipeline.operation.Operations;
import io.zookit.pipeline.operation.RequestLimits;
import io.zookit.pipeline.words.Words;
import io.zookit.spi.auth.AuthScheme;
import io.zookit.spi.consensus.EnsembleConsensus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Supplier;

/** The stages of a pipeline and the steps between them. {@link #build} is the map of how they hang together. */
record Stages(
        AcceptStage accept,
        DecodeStage decode,
        AuthenticateStage authenticate,
        PrepareStage prepare,
        ProposeStage propose,
        LogStage log,
        CommitStage commit,
        ApplyStage apply,
        ReplyStage reply,
        AnswerStep answers,
        RoleStep roles,
        LearnerStep learner,
        LeaderStep leader,
        SessionStep sessions,
        LocalSessionStep localSessions,
        HandshakeStep handshakes,
        SweepStep sweep,
        ReadOnlyStep readOnly,
        MembersStep members,
        FreeSpaceStep freeSpace,
        LimitBites limits,
        Snapshots snapshots,
        WordStep words,
        Statistics statistics) {

    /**
     * Builds all stages. Each gets the two or three things it uses; what a stage hands on goes to the ones built before it.
     *
     * @param role what this server is
     * @param ensemble the consensus, if there are other servers
     * @param recovered how far the state has come, and by how much log
     * @param recovery builds the state anew
     */
    static Stages build(
            PipelineParts parts,
            PipelineOptions options,
            ReplicaState state,
            ServerRole role,
            EnsembleConsensus ensemble,
            Recovery.Recovered recovered,
            Supplier<Recovery.Recovered> recovery,
            Turns turns,
            RingBuffer<RequestEvent> requests,
            RecordRing records,
            Statistics statistics) {
        long lastZxid = recovered.lastZxid();
        Logged logged = new Logged(recovered.replayed(), recovered.replayedBytes());
        Map<String, AuthScheme> schemes = new LinkedHashMap<>();
        parts.schemes().forEach(scheme -> schemes.put(scheme.scheme(), scheme));
        AccessControl access = new AccessControl(schemes, options.skipAcl());
        WordStep words = new WordStep(
                options.description().machine(),
                role.isAlone() ? taker -> taker.accept(null) : ensemble::facts,
                turns::request,
                parts.threads().apply("words"));

        LimitBites bites = new LimitBites(parts.clock());
        Limits limits = options.limits();
        RequestLimits requestLimits = new RequestLimits(
                limits.watchesPerConnection(), limits.ephemeralsPerSession(), limits.enforceQuota(), bites);
        FreeSpaceStep freeSpace = new FreeSpaceStep(parts.storage(), logged, limits.freeSpaceFloorBytes());
        AdmitStep admit = new AdmitStep(limits, freeSpace, bites);

        ReplyStage reply = new ReplyStage(statistics, options.pendingBytesMax());
        AuthenticateStage authenticate = new AuthenticateStage(
                requests,
                turns,
                schemes,
                parts.grants(),
                parts.clock(),
                options.authTimeoutMillis(),
                parts.threads().apply("auth"));
        DecodeStage decode = new DecodeStage(
                requests,
                new Operations(),
                new Words(options.words()),
                authenticate,
                role,
                parts.clock(),
                options,
                bites);
        AcceptStage accept =
                new AcceptStage(decode, reply, turns, parts.schemes(), parts.grants(), parts.clock(), options, bites);
        HandshakeStep handshakes = new HandshakeStep(accept, options.handshakeTimeoutMillis(), statistics);

        LogStage log = new LogStage(parts.storage().log(), parts.consensus(), parts.clock(), statistics, records);
        CommitStage commit = new CommitStage(turns::request, lastZxid);
        ProposeStage propose = new ProposeStage(
                parts.consensus(),
                state,
                parts.clock(),
                options.logRingSize(),
                options.digest(),
                logged,
                records,
                statistics,
                lastZxid);
        AnswerStep answers = new AnswerStep(state, access, reply, decode, statistics, requestLimits);
        TransactionStep transactions = new TransactionStep(
                state,
                access,
                requestLimits,
                options.extendedTypes(),
                role.isAlone() ? MembersStep.nobodyElse(options.reconfigEnabled()) : ensemble::changeMembers);
        MembersStep members = new MembersStep(state, propose, parts.clock());
        NewSessions newSessions = options.ensemble().newSessions();
        LearnerStep learner = new LearnerStep(state, ensemble, propose, answers, role, parts.clock());
        LeaderStep leader = new LeaderStep(
                state,
                ensemble,
                propose,
                transactions,
                reply,
                parts.expiry(),
                parts.sessionIds(),
                newSessions,
                role,
                parts.clock());
        ReadOnlyStep readOnly =
                new ReadOnlyStep(role, answers, options.ensemble().readOnlyAfterMillis());
        LocalSessionStep localSessions = new LocalSessionStep(
                state,
                role,
                newSessions,
                parts.expiry(),
                parts.sessionIds(),
                learner,
                leader,
                propose,
                answers,
                reply,
                statistics);
        SessionStep sessions = new SessionStep(
                state,
                role,
                learner,
                leader,
                localSessions,
                parts.expiry(),
                parts.sessionIds(),
                parts.passwords(),
                propose,
                reply,
                statistics,
                options,
                bites,
                new TokenBucket(limits.connections(), parts.random()));
        PrepareStage prepare = new PrepareStage(
                role,
                transactions,
                learner,
                propose,
                answers,
                reply,
                sessions,
                words,
                statistics,
                admit,
                readOnly,
                localSessions);
        ApplyStage apply = new ApplyStage(
                state,
                propose,
                answers,
                sessions,
                access,
                statistics,
                new DigestLog(options.digest(), recovered.inStep()));

        SweepStep sweep = new SweepStep(state, role, propose, parts.clock(), options.sweep());

        Snapshots snapshots = new Snapshots(
                state,
                freeSpace,
                parts.storage(),
                logged,
                log::requestRoll,
                turns::request,
                role.isAlone() ? () -> {} : ensemble::snapshotTaken,
                parts.clock(),
                parts.threads().apply("snapshot"),
                parts.random(),
                statistics.snapshotMillis(),
                options);
        RoleStep roles = new RoleStep(
                state,
                role,
                ensemble,
                accept,
                propose,
                apply,
                answers,
                reply,
                sessions,
                learner,
                leader,
                sweep,
                readOnly,
                commit,
                snapshots,
                members,
                recovery,
                parts.clock());
        return new Stages(
                accept,
                decode,
                authenticate,
                prepare,
                propose,
                log,
                commit,
                apply,
                reply,
                answers,
                roles,
                learner,
                leader,
                sessions,
                localSessions,
                handshakes,
                sweep,
                readOnly,
                members,
                freeSpace,
                bites,
                snapshots,
                words,
                statistics);
    }
}
