package io.zookit.zab;

import io.zookit.model.ErrorCode;
import io.zookit.model.Zxid;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Other members for an ensemble, as a client asks for them (client protocol, operation 16). Either some servers join and some leave,
 * which is possible where the majority decides, or all of them are named anew. Immutable.
 *
 * @param joining servers that are added or changed, as {@code server.N=…} separated by commas; {@code null} or empty for none
 * @param leaving the numbers of servers that go, separated by commas; {@code null} or empty for none
 * @param members all lines of the membership to be, separated by commas or line ends; {@code null} or empty when servers join and leave
 * @param fromVersion the version the membership must have for this to be done, -1 for any
 */
public record MembershipChange(
        @Nullable String joining,
        @Nullable String leaving,
        @Nullable String members,
        long fromVersion) {
    /** Addresses that stand for another place on every machine. */
    private static final Set<String> EVERYWHERE = Set.of("0.0.0.0", "[::]", "127.0.0.1", "[::1]", "localhost");

    /** What becomes of it. */
    public sealed interface Outcome {
        /**
         * It can be proposed.
         *
         * @param membership the members to be, with the zxid as version
         */
        record Proposable(Membership membership) implements Outcome {}

        /**
         * It cannot be done.
         *
         * @param error what the client is told
         * @param reason the same for people
         */
        record Refused(ErrorCode error, String reason) implements Outcome {}
    }

    /**
     * Checks the change, in the order in which clients learn of what is wrong: a change is under way, the version is another one, the
     * text makes no membership, too few voters, no quorum of the new voters is with the leader.
     *
     * @param standing where the ensemble stands
     * @param votersMin the fewest voters an ensemble may have
     * @param zxid of the transaction that will carry the change
     */
    public Outcome applyTo(Standing standing, int votersMin, long zxid) {
        Membership now = standing.membership();
        Membership proposed = standing.proposed();
        if (proposed != null && proposed.version() != now.version()) {
            return refused(
                    ErrorCode.RECONFIG_IN_PROGRESS, "the change of " + Zxid.text(proposed.version()) + " is under way");
        }
        if (fromVersion != -1 && fromVersion != now.version()) {
            return refused(
                    ErrorCode.BAD_VERSION,
                    "the version is " + Zxid.text(now.version()) + ", asked was for " + Zxid.text(fromVersion));
        }
        Membership next;
        try {
            next = (members == null || members.isBlank() ? joinedAndLeft(now) : named(members)).withVersion(zxid);
        } catch (MembershipFormatException e) {
            return refused(ErrorCode.BAD_ARGUMENTS, String.valueOf(e.getMessage()));
        }
        int voters = next.voters().size();
        if (voters < votersMin) {
            return refused(ErrorCode.BAD_ARGUMENTS, "of " + voters + " voters; an ensemble has at least " + votersMin);
        }
        if (!next.quorum().contains(standing.synced())) {
            return refused(
                    ErrorCode.NEW_CONFIG_NO_QUORUM,
                    "of the voters " + next.voters() + " only "
                            + common(next.voters(), standing.synced())
                            + " are connected and have the history; start the others first");
        }
        return new Outcome.Proposable(next);
    }

    private static Outcome refused(ErrorCode error, String reason) {
        return new Outcome.Refused(error, reason);
    }

    /** All members named anew. */
    private static Membership named(String text) {
        Membership next = Membership.parse(text.replace(',', '\n'));
        checkPlaces(next);
        return next;
    }

    private Membership joinedAndLeft(Membership now) {
        if (!now.groups().isEmpty()) {
            throw new MembershipFormatException(
                    "an ensemble with groups is changed by naming all of its lines, not by joining and leaving");
        }
        SortedMap<Long, Member> members = new TreeMap<>(now.members());
        for (String id : parts(leaving)) {
            members.remove(MembershipText.number(id, 10, id));
        }
        for (String line : parts(joining)) {
            Member member = MembershipText.member(line);
            if (member.client().isEmpty()) {
                throw new MembershipFormatException(
                        "\"" + line + "\" names no client port; a server that joins needs all three");
            }
            members.put(member.id(), member);
        }
        Membership next = new Membership(now.version(), members, new TreeMap<>(), new TreeMap<>());
        checkPlaces(next);
        return next;
    }

    private static List<String> parts(@Nullable String text) {
        List<String> parts = new ArrayList<>();
        for (String part : text == null ? new String[0] : text.split(",", -1)) {
            if (!part.isBlank()) {
                parts.add(part.strip());
            }
        }
        return parts;
    }

    /** Two servers are never at one place. Wildcards and loopback addresses for clients say nothing about the place. */
    private static void checkPlaces(Membership membership) {
        Map<String, Long> owners = new HashMap<>();
        for (Member member : membership.members().values()) {
            for (String place : places(member)) {
                Long owner = owners.putIfAbsent(place, member.id());
                if (owner != null) {
                    throw new MembershipFormatException(
                            "server." + owner + " and server." + member.id() + " are both to be at " + place);
                }
            }
        }
    }

    private static List<String> places(Member member) {
        List<String> places = new ArrayList<>();
        for (Member.Address address : member.addresses()) {
            places.add(address.host() + ":" + address.quorumPort());
            places.add(address.host() + ":" + address.electionPort());
        }
        String client = member.client();
        if (!client.isEmpty() && !EVERYWHERE.contains(client.substring(0, client.lastIndexOf(':')))) {
            places.add(client);
        }
        return places;
    }

    private static SortedSet<Long> common(SortedSet<Long> one, SortedSet<Long> other) {
        SortedSet<Long> common = new TreeSet<>(one);
        common.retainAll(other);
        return common;
    }
}
