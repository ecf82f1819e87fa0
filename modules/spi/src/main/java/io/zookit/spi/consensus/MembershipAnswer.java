package io.zookit.spi.consensus;

import io.zookit.model.ErrorCode;

/** What becomes of a {@link MembershipRequest}. */
public sealed interface MembershipAnswer {
    /**
     * It can be proposed.
     *
     * @param text the ensemble to be: {@code server.N} lines, groups, weights and version, the data of {@code /zookeeper/config}
     */
    record Proposable(String text) implements MembershipAnswer {}

    /**
     * It cannot be done.
     *
     * @param error what the client is told
     * @param reason the same for people, one line
     */
    record Refused(ErrorCode error, String reason) implements MembershipAnswer {}
}
