package io.zookit.spi.consensus;

import io.zookit.model.Id;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request that one server hands to the leader for its client (quorum protocol, packet REQUEST).
 *
 * <p>The body is shared, never copied, and must not be changed.
 *
 * @param sessionId the client's session
 * @param cxid the client's number of the request
 * @param opCode the operation's number, which the leader need not know
 * @param body the request's body, unchanged
 * @param ids the client's identities, those of schemes unknown here among them; {@code null} for a session that begins
 */
public record ForwardedRequest(
        long sessionId,
        int cxid,
        int opCode,
        byte[] body,
        @Nullable List<Id> ids) {}
