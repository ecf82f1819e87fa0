package io.zookit.assembly;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;

/** Servers that know each other, each a process of its own. */
final class Ensemble implements AutoCloseable {
    /** Short ticks, so that nobody has to wait long for a server that stands still. */
    private static final List<String> TIMES =
            List.of("tickTime=400", "initLimit=50", "syncLimit=10", "maxSessionTimeout=60000");

    private static final List<String> STOCK =
            List.of("4lw.commands.whitelist=*", "extendedTypesEnabled=true", "admin.enableServer=false");

    private final List<Member> members = new ArrayList<>();
    private final Set<Integer> observers = new HashSet<>();
    private final Map<String, Link> links = new HashMap<>();
    private final List<String> more = new ArrayList<>();

    private Ensemble() {}

    /** Members 1, 2, ... of these kinds, not yet started. */
    static Ensemble of(Path directory, Member.Kind... kinds) {
        Ensemble ensemble = new Ensemble();
        Distribution distribution = Distribution.built();
        for (Member.Kind kind : kinds) {
            int id = ensemble.members.size() + 1;
            ensemble.members.add(new Member(distribution, id, kind, directory.resolve("server-" + id)));
        }
        return ensemble;
    }

    /** As many members of ours. */
    static Ensemble ofOurs(Path directory, int count) {
        Member.Kind[] kinds = new Member.Kind[count];
        Arrays.fill(kinds, Member.Kind.OURS);
        return of(directory, kinds);
    }

    /** Lines for every member's configuration. */
    Ensemble with(String... lines) {
        more.addAll(List.of(lines));
        return this;
    }

    /** A member without a vote. */
    Ensemble observer(int id) {
        observers.add(id);
        return this;
    }

    /** Has the members talk to each other over links that can be cut. */
    Ensemble linked() {
        for (Member from : members) {
            for (Member to : members) {
                if (from != to) {
                    links.put(from.id() + ">" + to.id() + " quorum", Link.to(to.quorumPort()));
                    links.put(from.id() + ">" + to.id() + " election", Link.to(to.electionPort()));
                }
            }
        }
        return this;
    }

    List<Member> members() {
        return members;
    }

    Member member(int id) {
        return members.get(id - 1);
    }

    /** The lines of a member's configuration that say who belongs to the ensemble. */
    List<String> lines(Member self) {
        List<String> lines = new ArrayList<>(TIMES);
        lines.addAll(STOCK);
        for (Member member : members) {
            String way = self.id() + ">" + member.id();
            int quorumPort = links.containsKey(way + " quorum")
                    ? links.get(way + " quorum").port()
                    : member.quorumPort();
            int electionPort = links.containsKey(way + " election")
                    ? links.get(way + " election").port()
                    : member.electionPort();
            lines.add("server.%d=127.0.0.1:%d:%d%s"
                    .formatted(
                            member.id(), quorumPort, electionPort, observers.contains(member.id()) ? ":observer" : ""));
        }
        if (observers.contains(self.id())) {
            lines.add("peerType=observer");
        }
        lines.addAll(more);
        return lines;
    }

    /** Starts a member, with some more lines, and does not wait for it. */
    void start(int id, String... lines) throws IOException {
        List<String> all = lines(member(id));
        all.addAll(List.of(lines));
        member(id).start(all);
    }

    /** Starts all and waits until all serve. */
    Ensemble startAll() throws Exception {
        for (Member member : members) {
            start(member.id());
        }
        awaitAll();
        return this;
    }

    /**
     * Makes znodes of all kinds. Before there is any load: a snapshot that Apache's server takes meanwhile may lack an ACL list that is
     * new, and whoever begins with that has a znode that nobody may use until the log says who may.
     */
    Ensemble filled(String root, int count) throws Exception {
        try (Client client = client()) {
            Znodes.authenticate(client.zk());
            Znodes.fill(client.zk(), root, count, 1);
            return this;
        } catch (Exception failure) {
            close();
            throw failure;
        }
    }

    /** Waits until every member that has a process and does not stand still serves. */
    void awaitAll() throws Exception {
        for (Member member : members) {
            if (member.process() != null
                    && !member.isPaused()
                    && member.process().lives()) {
                awaitServes(member.id());
            }
        }
        awaitLeader();
    }

    void awaitServes(int id) throws Exception {
        Waiting.until(
                () -> {
                    if (!member(id).lives()) {
                        throw new AssertionError("server " + id + " has ended\n" + text());
                    }
                    return member(id).serves();
                },
                () -> "server " + id + " serves\n" + text());
    }

    /** The one that leads now, if it can be asked. */
    Optional<Member> leader() {
        return members.stream().filter(member -> member.mode().equals("leader")).findFirst();
    }

    Member awaitLeader() throws Exception {
        Waiting.until(() -> leader().isPresent(), () -> "somebody leads\n" + text());
        return leader().orElseThrow();
    }

    /** One that follows. */
    Member awaitFollower() throws Exception {
        Waiting.until(() -> follower().isPresent(), () -> "somebody follows\n" + text());
        return follower().orElseThrow();
    }

    /** One of this kind that follows; somebody else has to lead. */
    Member awaitFollowerOf(Member.Kind kind) throws Exception {
        Member leader = awaitLeader();
        if (leader.kind() == kind
                && members.stream().filter(member -> member.kind() == kind).count() == 1) {
            leader.kill();
            Waiting.until(() -> leader().isPresent(), () -> "somebody else leads\n" + text());
            start(leader.id());
            awaitAll();
        }
        Waiting.until(() -> follower(kind).isPresent(), () -> "one of " + kind + " follows\n" + text());
        return follower(kind).orElseThrow();
    }

    private Optional<Member> follower() {
        return members.stream()
                .filter(member -> member.mode().equals("follower"))
                .findFirst();
    }

    private Optional<Member> follower(Member.Kind kind) {
        return members.stream()
                .filter(member -> member.kind() == kind)
                .filter(member -> member.mode().equals("follower"))
                .findFirst();
    }

    Member any(Random random) {
        return members.get(random.nextInt(members.size()));
    }

    /** All of them, for clients. */
    String connectString() {
        return members.stream().map(Member::connectString).collect(Collectors.joining(","));
    }

    /** A client of all of them. */
    Client client() throws Exception {
        return client(connectString());
    }

    /** All but one of them, for clients. */
    String connectStringWithout(Member away) {
        return members.stream()
                .filter(member -> member != away)
                .map(Member::connectString)
                .collect(Collectors.joining(","));
    }

    /** A client of all but one of them. */
    Client clientWithout(Member away) throws Exception {
        return client(connectStringWithout(away));
    }

    private Client client(String addresses) throws Exception {
        try {
            return Client.connect(addresses, Ledger.SESSION_TIMEOUT_MILLIS);
        } catch (AssertionError e) {
            throw new AssertionError("no connection to " + addresses + "\n" + text(), e);
        }
    }

    /** The links between two servers, in both directions. */
    private List<Link> between(int one, int other) {
        return links.entrySet().stream()
                .filter(link -> link.getKey().startsWith(one + ">" + other + " ")
                        || link.getKey().startsWith(other + ">" + one + " "))
                .map(Map.Entry::getValue)
                .toList();
    }

    /** Breaks all connections between two servers, and lets them make no new ones. */
    void cut(int one, int other) {
        between(one, other).forEach(Link::cut);
    }

    /** Nothing one server says reaches another one, and nobody is told. */
    void silence(int from, int to) {
        links.forEach((name, link) -> {
            if (name.startsWith(from + ">" + to + " ")) {
                link.there(false);
            } else if (name.startsWith(to + ">" + from + " ")) {
                link.back(false);
            }
        });
    }

    /** Everybody reaches everybody again. */
    void heal() {
        links.values().forEach(Link::heal);
    }

    /** Checks that all servers show the same, and that nothing of a ledger is missing anywhere. */
    void assertHolds(Ledger ledger, String where) throws Exception {
        awaitAll();
        Map<String, String> tree = Trees.assertEqual(this);
        assertInStep(where);
        assertTrue(tree.size() > ledger.acknowledged(), where);
        for (Member member : members) {
            if (member.serves()) {
                try (Client client = Client.connect(member.connectString())) {
                    ledger.verify(client.zk(), where + ", server " + member.id());
                }
            }
        }
    }

    /** Checks that no server of ours has seen its tree come apart from the leader's. Apache's records wrong digests at times. */
    private void assertInStep(String where) {
        if (members.stream().allMatch(member -> member.kind() == Member.Kind.OURS)) {
            for (Member member : members) {
                String numbers = member.word("mntr");
                assertTrue(
                        numbers.isEmpty() || numbers.contains("zk_digest_mismatches_count\t0\n"),
                        () -> where + ", server " + member.id() + ": " + numbers);
            }
        }
    }

    /** What all members have said. */
    String text() {
        return members.stream().map(Member::text).collect(Collectors.joining("\n"));
    }

    @Override
    public void close() throws IOException {
        members.forEach(Member::close);
        for (Link link : links.values()) {
            link.close();
        }
    }
}
