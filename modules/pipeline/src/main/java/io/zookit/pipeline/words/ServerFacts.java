package io.zookit.pipeline.words;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What words tell about: the server as its owner sees it. All methods belong to the owner of the state. */
public interface ServerFacts {
    /** The version text; tools read the numbers it begins with. */
    String version();

    /** Whether clients are served: not while an ensemble has no leader. */
    boolean serves();

    /** Whether, without a leader, clients are served that want to read only. */
    boolean readsOnly();

    /** {@code standalone}, {@code leader}, {@code follower} and so on. */
    String mode();

    /** The role in an ensemble by the words of ZooKeeper, {@code leading - broadcast}; {@code null} without a leader or an ensemble. */
    @Nullable
    String peerState();

    /** The members of the ensemble by their standard text, {@code null} without one. */
    @Nullable
    String membership();

    /** How long the proposals were; {@code null} unless this server leads an ensemble. */
    @Nullable
    ProposalSizes proposalSizes();

    /** The zxid of the newest change that was applied. */
    long lastZxid();

    /** Latencies of all requests since the last reset. */
    Latency latency();

    /** Packets received since the last reset. */
    long received();

    /** Packets sent since the last reset. */
    long sent();

    /** Connections right now. */
    int connectionCount();

    /** Writes not answered yet. */
    int outstanding();

    /** Znodes; the root counts twice, as it always has: tools compare this number. */
    int nodeCount();

    /** The lines of {@code mntr} after the version and the state, in order: the name without {@code zk_}, and a number. */
    Map<String, Number> metrics(MachineFacts machine);

    /** All connections, each looked at when it is taken. */
    Stream<ConnectionFacts> connections();

    /**
     * Sessions that this server alone knows, by the time at which they end unless they are heard from; {@code null} where it opens none
     * of that kind.
     */
    @Nullable
    Map<Long, List<Long>> localSessionsByExpiry();

    /** Sessions that all servers know, by the same; {@code null} where another server watches over them. */
    @Nullable
    Map<Long, List<Long>> sessionsByExpiry();

    /** The timeouts of the sessions that all servers know, in milliseconds. */
    SortedMap<Long, Integer> sessionTimeouts();

    /** All connections by the time at which they end unless they are heard from. */
    Map<Long, List<ConnectionFacts>> connectionsByExpiry();

    /** The sessions that own ephemerals. */
    Set<Long> ephemeralOwners();

    /** The paths of the ephemerals of a session; none when they are gone by now. */
    List<String> ephemerals(long sessionId);

    /** How much is watched. */
    WatchTotals watchTotals();

    /** Each session that watches something, with the paths; looked at when it is taken. */
    Stream<SessionWatches> watchesBySession();

    /** Each path that is watched, with the sessions that do; looked at when it is taken. */
    Stream<PathWatches> watchesByPath();

    /** The digests of the tree after some of the latest changes, oldest first. */
    List<DigestAt> digests();

    /** Begins to count anew what {@code srvr} and {@code mntr} count. */
    void resetServer();

    /** Begins to count anew what {@code cons} counts for each connection. */
    void resetConnections();

    /** Bytes of proposals since the last reset; -1 when there was none. */
    record ProposalSizes(long last, long min, long max) {}

    /** Latencies in milliseconds. */
    record Latency(long min, double average, long max) {}

    /**
     * How much is watched.
     *
     * @param watchers connections that watch something
     * @param paths paths that are watched
     * @param watches pairs of both, by kind
     */
    record WatchTotals(int watchers, int paths, long watches) {}

    /** A session and the paths it watches. */
    record SessionWatches(long sessionId, List<String> paths) {}

    /** A path and the sessions that watch it. */
    record PathWatches(String path, List<Long> sessionIds) {}

    /** The digest of the tree after a change. */
    record DigestAt(long zxid, long digest) {}
}
