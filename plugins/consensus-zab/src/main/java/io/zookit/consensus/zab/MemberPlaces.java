package io.zookit.consensus.zab;

import io.zookit.consensus.zab.Sockets.Target;
import io.zookit.zab.Member;
import io.zookit.zab.Membership;
import io.zookit.zab.Standing;
import io.zookit.zab.ZabNode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.jspecify.annotations.Nullable;

/** Where the servers are, by the newest that is known of the ensemble. Told by the loop, asked by any thread. */
final class MemberPlaces {
    private final EnsembleSettings settings;
    private volatile Standing standing;

    MemberPlaces(EnsembleSettings settings) {
        this.settings = settings;
        this.standing = new Standing(settings.membership(), null, Collections.emptySortedSet());
    }

    /** On the loop: takes over where the ensemble stands. */
    void update(ZabNode node) {
        Standing now = node.standing();
        if (now != standing) {
            standing = now;
        }
    }

    Standing standing() {
        return standing;
    }

    /** The election ports of a server, the preferred one first; nothing for one that is unknown. */
    List<Target> election(long serverId) {
        return targets(serverId, Member.Address::electionPort);
    }

    /** Its quorum ports. */
    List<Target> quorum(long serverId) {
        return targets(serverId, Member.Address::quorumPort);
    }

    /** What counts first, then what is under way: the server may be at either place already. */
    private List<Target> targets(long serverId, ToIntFunction<Member.Address> port) {
        Standing now = standing;
        Membership proposed = now.proposed();
        Set<Target> targets = new LinkedHashSet<>();
        add(targets, now.membership().member(serverId), port);
        add(targets, proposed == null ? null : proposed.member(serverId), port);
        return new ArrayList<>(targets);
    }

    private static void add(Set<Target> targets, @Nullable Member member, ToIntFunction<Member.Address> port) {
        if (member != null) {
            for (Member.Address address : member.addresses()) {
                targets.add(new Target(address.host(), port.applyAsInt(address)));
            }
        }
    }

    /** This server itself; one that is no member yet, or no more, as its own configuration has it. */
    @Nullable
    Member self() {
        Member self = standing.membership().member(settings.serverId());
        return self != null ? self : settings.membership().member(settings.serverId());
    }

    /** Where this server listens for others, by one of its ports; an empty host stands for every address. */
    Set<Target> listening(ToIntFunction<Member.Address> port) {
        Set<Target> targets = new LinkedHashSet<>();
        Member self = self();
        if (self != null) {
            for (Member.Address address : self.addresses()) {
                targets.add(
                        new Target(settings.listenOnAllAddresses() ? "" : address.host(), port.applyAsInt(address)));
            }
        }
        return targets;
    }
}
