package io.zookit.pipeline.words;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/** {@code dump}: when sessions and connections end unless they are heard from, and who owns which ephemerals. */
final class DumpWord implements Word {
    @Override
    public String name() {
        return "dump";
    }

    @Override
    public Stream<String> answer(ServerFacts facts, MachineFacts machine) {
        return Stream.concat(sessions(facts), Stream.concat(ephemerals(facts), connections(facts)));
    }

    private static Stream<String> sessions(ServerFacts facts) {
        Map<Long, List<Long>> local = facts.localSessionsByExpiry();
        Map<Long, List<Long>> watched = facts.sessionsByExpiry();
        Stream<String> head = Stream.of("SessionTracker dump:\n");
        Stream<String> ofThisServer = local == null ? Stream.empty() : sessionSets("Local Session Sets", local);
        Stream<String> ofAll = watched == null
                ? timeouts(facts.sessionTimeouts())
                : sessionSets(local == null ? "Session Sets" : "Global Session Sets", watched);
        return Stream.concat(head, Stream.concat(ofThisServer, ofAll));
    }

    private static Stream<String> sessionSets(String title, Map<Long, List<Long>> byExpiry) {
        return sets(title, byExpiry, id -> "\t" + TextForms.session(id) + "\n");
    }

    /** What a server knows of sessions that another one watches over. */
    private static Stream<String> timeouts(Map<Long, Integer> bySession) {
        Stream<String> lines = bySession.entrySet().stream()
                .map(session -> TextForms.session(session.getKey()) + "\t" + session.getValue() + "ms\n");
        return Stream.concat(Stream.of("Global Sessions(" + bySession.size() + "):\n"), lines);
    }

    private static Stream<String> ephemerals(ServerFacts facts) {
        Set<Long> owners = facts.ephemeralOwners();
        Stream<String> head =
                Stream.of("ephemeral nodes dump:\n", "Sessions with Ephemerals (" + owners.size() + "):\n");
        Stream<String> paths = owners.stream()
                .flatMap(owner -> Stream.concat(
                        Stream.of(TextForms.session(owner) + ":\n"),
                        facts.ephemerals(owner).stream().map(path -> "\t" + path + "\n")));
        return Stream.concat(head, paths);
    }

    private static Stream<String> connections(ServerFacts facts) {
        Stream<String> sets = sets(
                "Connections Sets",
                facts.connectionsByExpiry(),
                connection -> "\tip: " + connection.address() + " sessionId: "
                        + TextForms.session(connection.sessionId()) + "\n");
        return Stream.concat(Stream.of("Connections dump:\n"), sets);
    }

    /** What ends together, the soonest first. */
    private static <T> Stream<String> sets(String title, Map<Long, List<T>> byExpiry, Function<T, String> line) {
        int members = byExpiry.values().stream().mapToInt(List::size).sum();
        Stream<String> head = Stream.of(title + " (" + byExpiry.size() + ")/(" + members + "):\n");
        Stream<String> sets = byExpiry.entrySet().stream()
                .flatMap(set -> Stream.concat(
                        Stream.of(set.getValue().size() + " expire at " + TextForms.date(set.getKey()) + ":\n"),
                        set.getValue().stream().map(line)));
        return Stream.concat(head, sets);
    }
}
