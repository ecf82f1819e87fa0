package io.zookit.config;

import java.util.List;
import java.util.Map;

/**
 * The servers that stand in the configuration.
 *
 * @param members the server lines, by number
 * @param groups the groups of a hierarchical quorum, each the numbers of its servers; usually empty
 * @param weights the weights of servers that have one; the others weigh 1
 */
public record Ensemble(Map<Long, Member> members, Map<Long, List<Long>> groups, Map<Long, Long> weights) {
    /** What a member does. */
    public enum Role {
        /** It votes. */
        PARTICIPANT,
        /** It follows without a vote. */
        OBSERVER
    }

    /**
     * One address of a member, where other servers reach it.
     *
     * @param host a name or an address, without brackets
     * @param quorumPort where the leader takes followers
     * @param electionPort where votes are exchanged
     */
    public record Address(String host, int quorumPort, int electionPort) {}

    /**
     * Where clients reach a member.
     *
     * @param host the address to listen on; {@code 0.0.0.0} when the line has only a port
     * @param port the client port
     */
    public record ClientAddress(String host, int port) {}

    /**
     * One server line.
     *
     * @param id its number
     * @param addresses at least one
     * @param role what it does
     * @param clients where clients reach it; empty or one
     * @param entry the line
     */
    public record Member(long id, List<Address> addresses, Role role, List<ClientAddress> clients, ConfigEntry entry) {}

    /** How many members vote. */
    public int voterCount() {
        return (int) members.values().stream()
                .filter(member -> member.role() == Role.PARTICIPANT)
                .count();
    }

    /** Whether a key describes the ensemble: {@code server.N}, {@code group.N}, {@code weight.N}. */
    static boolean isMembership(String key) {
        return (key.startsWith("server.")
                        && KeyCatalogue.find(key).filter(Key::isPattern).isPresent())
                || key.startsWith("group.")
                || key.startsWith("weight.");
    }
}
