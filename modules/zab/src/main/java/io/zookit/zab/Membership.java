package io.zookit.zab;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
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

    /**
     * Checks that there is a voter, and that groups, if there are any, hold each voter once and nobody else.
     *
     * @throws MembershipFormatException when that is not so
     */
    public Membership {
        members = Collections.unmodifiableSortedMap(new TreeMap<>(members));
        groups = Collections.unmodifiableSortedMap(new TreeMap<>(groups));
        weights = Collections.unmodifiableSortedMap(new TreeMap<>(weights));
        if (voters(members).isEmpty()) {
            throw new MembershipFormatException("an ensemble needs at least one server.N line of a participant");
        }
        checkGroups(voters(members), groups, weights);
    }

    private static void checkGroups(
            SortedSet<Long> voters, SortedMap<Long, List<Long>> groups, SortedMap<Long, Long> weights) {
        SortedSet<Long> grouped = new TreeSet<>();
        groups.forEach((group, ids) -> {
            for (long id : ids) {
                if (!grouped.add(id)) {
                    throw new MembershipFormatException("server " + id + " stands in two groups, group." + group
                            + " is one of them; a server belongs to one");
                }
            }
        });
        if (!groups.isEmpty() && !grouped.equals(voters)) {
            throw new MembershipFormatException("the group.N lines hold the servers " + grouped
                    + ", the participants are " + voters + "; every participant belongs to one group");
        }
        weights.forEach((id, weight) -> {
            if (weight < 0) {
                throw new MembershipFormatException("weight." + id + " is " + weight + "; the least is 0");
            }
        });
    }

    /**
     * Reads the standard text, as it stands in {@code /zookeeper/config}, in dynamic configuration files and in votes: lines of
     * {@code server.N}, {@code group.N}, {@code weight.N} and {@code version}; a role that is left out is that of a participant.
     *
     * @throws MembershipFormatException when it is none
     */
    public static Membership parse(String text) {
        return MembershipText.parse(text);
    }

    /**
     * The same from bytes in UTF-8, as they stand in the znode, in votes and in NEWLEADER.
     *
     * @throws MembershipFormatException when it is none
     */
    public static Membership parse(byte[] text) {
        return parse(new String(text, StandardCharsets.UTF_8));
    }

    /** Whether a transaction, whole in an array, brings a membership. */
    public static boolean isBroughtBy(byte[] record) {
        return Reconfiguration.is(record);
    }

    /**
     * The membership that a transaction brings, with its zxid as version.
     *
     * @param record the transaction's bytes, from position to limit; not moved
     * @return {@code null} when it is no reconfiguration
     */
    public static @Nullable Membership broughtBy(long zxid, ByteBuffer record) {
        return Reconfiguration.in(zxid, record);
    }

    /** The standard text: {@code server.N} lines by id, then groups and weights, then {@code version} in hexadecimal. */
    public String text() {
        return MembershipText.of(this);
    }

    /** The member with that id, {@code null} when there is none. */
    public @Nullable Member member(long id) {
        return members.get(id);
    }

    /** The ids of all voters. */
    public SortedSet<Long> voters() {
        return voters(members);
    }

    private static SortedSet<Long> voters(SortedMap<Long, Member> members) {
        SortedSet<Long> voters = new TreeSet<>();
        for (Member member : members.values()) {
            if (member.voter()) {
                voters.add(member.id());
            }
        }
        return voters;
    }

    /** Whether that server votes. */
    public boolean isVoter(long id) {
        Member member = members.get(id);
        return member != null && member.voter();
    }

    /** Whether that server is a member that does not vote. */
    public boolean isObserver(long id) {
        Member member = members.get(id);
        return member != null && !member.voter();
    }

    /** What that server's vote counts: 0 for one that has none. */
    public long weight(long id) {
        return isVoter(id) ? weights.getOrDefault(id, 1L) : 0;
    }

    /** When its voters are enough. */
    public Quorum quorum() {
        if (groups.isEmpty()) {
            return new Quorum.Majority(voters());
        }
        SortedMap<Long, SortedMap<Long, Long>> weighted = new TreeMap<>();
        groups.forEach((group, ids) -> {
            SortedMap<Long, Long> inGroup = new TreeMap<>();
            ids.forEach(id -> inGroup.put(id, weight(id)));
            weighted.put(group, inGroup);
        });
        return new Quorum.Hierarchy(weighted);
    }

    /** The same members in another version. */
    public Membership withVersion(long version) {
        return new Membership(version, members, groups, weights);
    }
}
