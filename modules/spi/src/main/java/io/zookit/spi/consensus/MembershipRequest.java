package io.zookit.spi.consensus;

import org.jspecify.annotations.Nullable;

/**
 * Other members for an ensemble, as a client asks for them (client protocol, operation 16). Either some servers join and some leave, or
 * all of them are named anew.
 *
 * @param joining servers that are added or changed, as {@code server.N=…} separated by commas; {@code null} or empty for none
 * @param leaving the numbers of servers that go, separated by commas; {@code null} or empty for none
 * @param members all lines of the ensemble to be; {@code null} or empty when servers join and leave
 * @param fromVersion the version the ensemble must have for this to be done, -1 for any
 */
public record MembershipRequest(
        @Nullable String joining,
        @Nullable String leaving,
        @Nullable String members,
        long fromVersion) {}
