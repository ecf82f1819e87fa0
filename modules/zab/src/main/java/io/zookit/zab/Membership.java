package io.zookit.zab;

import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Who belongs to an ensemble, and who has a say in it. Immutable.
 *
 * @param version 0 for a configuration file, the zxid of the last reconfiguration otherwise
 * @param members by id
 * @param groups the ids of each group's voters, empty when the majority decides
 * @param weights what a voter's vote counts in its group, 1 where nothing is said
 */
public record Membership(
        long version,
        SortedMap<Long, Member> members,
        SortedMap<Long, List<Long>> groups,
        SortedMap<Long, Long> weights) {
    /** In the place of a server's id: none. */
    public static final long NOBODY = Long.MIN_VALUE;

    /** Checks that there is a voter, and that groups, if any, hold each voter once. */
    public Membership {
        members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
        groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
        weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
    }

    /**
     * Reads the standard text, as it stands in {@code /zookeeper/config}, in dynamic configuration files and in votes.
     *
     * @throws MembershipFormatException when it is none
     */
    public static Membership parse(String text) {
        throw new UnsupportedOperationException();
    }

    /** The standard text: {@code server.N=...} lines by id, then groups and weights, then {@code version=} in hexadecimal. */
    public String text() {
        throw new UnsupportedOperationException();
    }

    /** The member with that id, {@code null} when there is none. */
    public @Nullable Member member(long id) {
        return members.get(id);
    }

    /** Whether that server votes. */
    public boolean isVoter(long id) {
        Member member = members.get(id);
        return member != null && member.voter();
    }

    /** What that server's vote counts: 0 for one that has none. */
    public long weight(long id) {
        return isVoter(id) ? weights.getOrDefault(id, 1L) : 0;
    }

    /** When its voters are enough. */
    public Quorum quorum() {
        throw new UnsupportedOperationException();
    }

    /** The same members in another version. */
    public Membership withVersion(long version) {
        return new Membership(version, members, groups, weights);
    }
}
