package io.zookit.zab;

import java.util.List;

/**
 * One server of an ensemble (the value of a {@code server.N} line).
 *
 * @param id its id
 * @param addresses where its quorum and election ports are, the preferred one first; at least one
 * @param voter whether it is a participant; an observer otherwise
 * @param client where its clients connect, {@code host:port}; empty when the line does not say
 */
public record Member(long id, List<Address> addresses, boolean voter, String client) {
    /** Checks and keeps the addresses. */
    public Member {
        addresses = List.copyOf(addresses);
        if (addresses.isEmpty()) {
            throw new IllegalArgumentException("server." + id + " has no address");
        }
    }

    /**
     * Where a member can be reached by the others.
     *
     * @param host name or address, IPv6 without brackets
     * @param quorumPort where it listens while it leads
     * @param electionPort where it listens always
     */
    public record Address(String host, int quorumPort, int electionPort) {}
}
