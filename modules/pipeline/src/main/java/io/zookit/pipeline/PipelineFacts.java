package io.zookit.pipeline;

import io.zookit.pipeline.operation.Caller;
import io.zookit.pipeline.words.ConnectionFacts;
import io.zookit.pipeline.words.ConnectionFacts.Service;
import io.zookit.pipeline.words.MachineFacts;
import io.zookit.pipeline.words.ServerFacts;
import io.zookit.session.Session;
import io.zookit.session.SessionTable;
import io.zookit.watch.WatchTable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What four-letter words tell about, read by the owner of the state. */
record PipelineFacts(
        PipelineOptions options,
        PipelineParts parts,
        ReplicaState state,
        ServerRole role,
        Stages stages,
        Statistics statistics,
        StartFacts start)
        implements ServerFacts {
    /** What the expiry says of a session that it has let go. */
    private static final long ENDING = -1;

    /**
     * What is known since the start.
     *
     * @param beganMillis when it was, on the monotonic clock
     * @param wallOffsetMillis what the wall clock was ahead of the monotonic one then
     * @param replayed transactions taken from the log
     * @param tookMillis how long the recovery took
     */
    record StartFacts(long beganMillis, long wallOffsetMillis, long replayed, long tookMillis) {}

    @Override
    public String version() {
        return options.description().version();
    }

    @Override
    public boolean serves() {
        return role.serves();
    }

    @Override
    public String mode() {
        return role.readsOnly() ? "read-only" : parts.consensus().mode();
    }

    @Override
    public boolean readsOnly() {
        return role.readsOnly();
    }

    @Override
    public @Nullable String peerState() {
        return role.isAlone() || !role.serves() ? null : role.word() + " - broadcast";
    }

    @Override
    public @Nullable String membership() {
        return stages.members().text();
    }

    @Override
    public @Nullable ProposalSizes proposalSizes() {
        return leadsOthers() ? statistics.proposalSizes() : null;
    }

    /** Whether this server leads an ensemble. */
    boolean leadsOthers() {
        return role.leads() && !role.isAlone();
    }

    /** Sessions that this server alone knows, or did until just now. */
    int localSessionCount() {
        return state.localSessions().size();
    }

    /** How long it has its role. */
    long roleMillis() {
        return parts.clock().monotonicMillis() - stages.roles().sinceMillis();
    }

    @Override
    public long lastZxid() {
        return state.tree().lastZxid();
    }

    @Override
    public Latency latency() {
        return statistics.readLatency().with(statistics.updateLatency());
    }

    @Override
    public long received() {
        return statistics.received();
    }

    @Override
    public long sent() {
        return statistics.sent();
    }

    @Override
    public int connectionCount() {
        return stages.accept().count();
    }

    @Override
    public int outstanding() {
        return stages.propose().proposed().size();
    }

    @Override
    public int nodeCount() {
        return state.tree().nodeCount() + 1;
    }

    @Override
    public Map<String, Number> metrics(MachineFacts machine) {
        return Metrics.of(this, machine);
    }

    @Override
    public Stream<ConnectionFacts> connections() {
        return stages.accept().connections().stream().map(this::facts);
    }

    private ConnectionFacts facts(ClientConnection connection) {
        ConnectionStatistics counted = connection.statistics();
        boolean reading = connection.session() != null || counted.received() == 0;
        return new ConnectionFacts(
                connection.peer().remoteAddress().toString(),
                reading,
                connection.waitingCount(),
                counted.received(),
                counted.sent(),
                service(connection, counted));
    }

    private @Nullable Service service(ClientConnection connection, ConnectionStatistics counted) {
        Session<ClientConnection> session = connection.session();
        return session == null
                ? null
                : new Service(
                        session.id(),
                        counted.lastOperation(),
                        connection.acceptedMillis() + start.wallOffsetMillis(),
                        session.timeoutMillis(),
                        counted.lastXid(),
                        counted.lastZxid(),
                        counted.lastReplyMillis(),
                        counted.lastLatencyMillis(),
                        counted.latency());
    }

    @Override
    public @Nullable Map<Long, List<Long>> localSessionsByExpiry() {
        return stages.localSessions().opensLocal() ? byExpiry(state.localSessions()) : null;
    }

    @Override
    public @Nullable Map<Long, List<Long>> sessionsByExpiry() {
        return role.leads() ? byExpiry(state.sessions()) : null;
    }

    private Map<Long, List<Long>> byExpiry(SessionTable<ClientConnection> sessions) {
        Map<Long, List<Long>> byExpiry = new TreeMap<>();
        long offset = parts.clock().wallMillis() - parts.clock().monotonicMillis();
        sessions.forEach(
                session -> byExpiry.computeIfAbsent(deadlineMillis(session) + offset, unused -> new ArrayList<>())
                        .add(session.id()));
        return byExpiry;
    }

    @Override
    public SortedMap<Long, Integer> sessionTimeouts() {
        SortedMap<Long, Integer> timeouts = new TreeMap<>();
        state.sessions().forEach(session -> timeouts.put(session.id(), session.timeoutMillis()));
        return timeouts;
    }

    @Override
    public Map<Long, List<ConnectionFacts>> connectionsByExpiry() {
        Map<Long, List<ConnectionFacts>> byExpiry = new TreeMap<>();
        long offset = parts.clock().wallMillis() - parts.clock().monotonicMillis();
        for (ClientConnection connection : stages.accept().connections()) {
            Session<ClientConnection> session = connection.session();
            long deadlineMillis = session == null
                    ? connection.acceptedMillis() + options.handshakeTimeoutMillis()
                    : deadlineMillis(session);
            byExpiry.computeIfAbsent(deadlineMillis + offset, unused -> new ArrayList<>())
                    .add(facts(connection));
        }
        return byExpiry;
    }

    /** When a session ends if it stays silent; now when its end has begun. */
    private long deadlineMillis(Session<ClientConnection> session) {
        long deadline = parts.expiry().deadlineMillis(session.id());
        return deadline == ENDING ? parts.clock().monotonicMillis() : deadline;
    }

    @Override
    public Set<Long> ephemeralOwners() {
        return Set.copyOf(state.tree().ephemeralsBySession().keySet());
    }

    @Override
    public List<String> ephemerals(long sessionId) {
        return List.copyOf(state.tree().ephemerals(sessionId));
    }

    @Override
    public WatchTotals watchTotals() {
        WatchTable<Caller> watches = state.watches();
        return new WatchTotals(watches.watcherCount(), watches.pathCount(), watches.watchCount());
    }

    @Override
    public Stream<SessionWatches> watchesBySession() {
        return stages.accept().connections().stream()
                .filter(connection -> state.watches().watchCount(connection) > 0)
                .map(connection -> new SessionWatches(
                        connection.sessionId(), state.watches().paths(connection)));
    }

    @Override
    public Stream<PathWatches> watchesByPath() {
        return state.watches().paths().stream().map(this::watchesOf).filter(watches -> !watches.sessionIds()
                .isEmpty());
    }

    private PathWatches watchesOf(String path) {
        Collection<Caller> watchers = state.watches().watchers(path);
        return new PathWatches(path, watchers.stream().map(Caller::sessionId).toList());
    }

    /** How often the tree here has come apart from the leader's. */
    long digestMismatches() {
        return stages.apply().digests().comparison().mismatches();
    }

    @Override
    public List<DigestAt> digests() {
        return stages.apply().digests().entries();
    }

    @Override
    public void resetServer() {
        statistics.reset(bytesReceived());
    }

    @Override
    public void resetConnections() {
        stages.accept()
                .connections()
                .forEach(connection -> connection.statistics().reset());
    }

    /** Bytes that requests and words had. */
    long bytesReceived() {
        long bytes = statistics.bytesOfGoneConnections();
        for (ClientConnection connection : stages.accept().connections()) {
            bytes += connection.receivedBytes();
        }
        return bytes;
    }

    long uptimeMillis() {
        return parts.clock().monotonicMillis() - start.beganMillis();
    }
}
