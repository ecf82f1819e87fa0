package io.zookit.pipeline.words;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A server that always says the same, but for what a test sets. */
final class FixedFacts implements ServerFacts {
    List<ConnectionFacts> connections = List.of();
    Map<String, Number> metrics = Map.of();
    List<SessionWatches> bySession = List.of();
    List<PathWatches> byPath = List.of();
    String resets = "";
    String mode = "standalone";
    boolean readsOnly;

    @Nullable
    String membership;

    @Nullable
    ProposalSizes proposalSizes;

    @Nullable
    Map<Long, List<Long>> localSessions;

    @Override
    public String version() {
        return "3.9.5-test";
    }

    @Override
    public boolean serves() {
        return !readsOnly;
    }

    @Override
    public boolean readsOnly() {
        return readsOnly;
    }

    @Override
    public @Nullable String peerState() {
        return membership == null || readsOnly ? null : "leading - broadcast";
    }

    @Override
    public @Nullable String membership() {
        return membership;
    }

    @Override
    public @Nullable ProposalSizes proposalSizes() {
        return proposalSizes;
    }

    @Override
    public String mode() {
        return mode;
    }

    @Override
    public long lastZxid() {
        return 0x100000003L;
    }

    @Override
    public Latency latency() {
        return new Latency(0, 0.12345678, 7);
    }

    @Override
    public long received() {
        return 10;
    }

    @Override
    public long sent() {
        return 9;
    }

    @Override
    public int connectionCount() {
        return 2;
    }

    @Override
    public int outstanding() {
        return 1;
    }

    @Override
    public int nodeCount() {
        return 5;
    }

    @Override
    public Map<String, Number> metrics(MachineFacts machine) {
        return metrics;
    }

    @Override
    public Stream<ConnectionFacts> connections() {
        return connections.stream();
    }

    @Override
    public @Nullable Map<Long, List<Long>> localSessionsByExpiry() {
        return localSessions;
    }

    @Override
    public @Nullable Map<Long, List<Long>> sessionsByExpiry() {
        return mode.equals("follower") ? null : Map.of(1_700_000_000_000L, List.of(1L, 2L));
    }

    @Override
    public SortedMap<Long, Integer> sessionTimeouts() {
        return new TreeMap<>(Map.of(1L, 4_000, 0x10aL, 30_000));
    }

    @Override
    public Map<Long, List<ConnectionFacts>> connectionsByExpiry() {
        return Map.of(1_700_000_000_000L, connections);
    }

    @Override
    public Set<Long> ephemeralOwners() {
        return Set.of(1L);
    }

    @Override
    public List<String> ephemerals(long sessionId) {
        return List.of("/e");
    }

    @Override
    public WatchTotals watchTotals() {
        return new WatchTotals(3, 2, 4);
    }

    @Override
    public Stream<SessionWatches> watchesBySession() {
        return bySession.stream();
    }

    @Override
    public Stream<PathWatches> watchesByPath() {
        return byPath.stream();
    }

    @Override
    public List<DigestAt> digests() {
        return List.of(new DigestAt(0x80, 2_251_559_850L), new DigestAt(0x100, -1));
    }

    @Override
    public void resetServer() {
        resets += " server";
    }

    @Override
    public void resetConnections() {
        resets += " connections";
    }
}
