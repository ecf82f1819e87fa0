package io.zookit.consensus.zab;

import io.zookit.zab.Member;
import io.zookit.zab.Membership;
import io.zookit.zab.MembershipFormatException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Compares the members that other servers go by, as their votes tell, with those of this server. Two that differ in one version were
 * configured differently, and may each count a quorum of their own: that is said once for each server and text. Owned by the loop.
 */
final class MemberComparison {
    private static final Logger LOG = LoggerFactory.getLogger(MemberComparison.class);

    private final MemberPlaces places;

    /** The last text of each server. */
    private final Map<Long, byte[]> seen = new HashMap<>();

    MemberComparison(MemberPlaces places) {
        this.places = places;
    }

    /** A vote has come. Only members are listened to: a stranger may have any list. */
    void compare(long serverId, byte @Nullable [] config) {
        Membership ours = places.standing().membership();
        if (config == null || ours.member(serverId) == null || Arrays.equals(config, seen.put(serverId, config))) {
            return;
        }
        try {
            Membership theirs = Membership.parse(config);
            List<String> differences = differences(ours, theirs);
            if (theirs.version() == ours.version() && !differences.isEmpty()) {
                LOG.error(
                        "server {} is configured with other members than this server: {}. Give all servers the same server, group and"
                                + " weight lines",
                        serverId,
                        String.join("; ", differences));
            }
        } catch (MembershipFormatException e) {
            LOG.warn("what server {} says of the members cannot be read: {}", serverId, e.getMessage());
        }
    }

    /** What matters to a quorum. Where clients connect each server may say for itself. */
    static List<String> differences(Membership ours, Membership theirs) {
        List<String> differences = new ArrayList<>();
        Set<Long> ids = new TreeSet<>(ours.members().keySet());
        ids.addAll(theirs.members().keySet());
        for (long id : ids) {
            String here = shown(ours.member(id));
            String there = shown(theirs.member(id));
            if (!here.equals(there)) {
                differences.add("server." + id + " is " + here + " here and " + there + " there");
            }
        }
        boolean grouped = !ours.groups().isEmpty() || !theirs.groups().isEmpty();
        if (grouped && !ours.quorum().equals(theirs.quorum()) && ours.voters().equals(theirs.voters())) {
            differences.add("the groups or weights are others");
        }
        return differences;
    }

    private static String shown(@Nullable Member member) {
        if (member == null) {
            return "missing";
        }
        List<String> addresses = new ArrayList<>();
        for (Member.Address address : member.addresses()) {
            addresses.add(address.host() + ":" + address.quorumPort() + ":" + address.electionPort());
        }
        return String.join("|", addresses) + (member.voter() ? "" : ":observer");
    }
}
