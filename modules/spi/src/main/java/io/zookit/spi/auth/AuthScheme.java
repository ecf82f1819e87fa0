package io.zookit.spi.auth;

import io.zookit.spi.transport.PeerFacts;
import java.util.List;

/**
 * One authentication scheme: how clients prove who they are, and which ACL entries mean them.
 *
 * <p>{@link #begin} and the exchange run on the server's auth threads and may take their time (the server gives up after a few
 * seconds). All other methods are pure, fast, and may be called by any thread: they run for every request. An exception from any
 * method denies the request; it never skips a check.
 */
public interface AuthScheme {
    /** The scheme's name in ACLs and auth packets, such as {@code digest}. */
    String scheme();

    /** The identities every connection has from the start, without asking for them; usually none. */
    default List<String> initialIdentities(PeerFacts peer) {
        return List.of();
    }

    /** Begins to authenticate a client that sent credentials of this scheme. */
    AuthExchange begin(PeerFacts peer);

    /** Whether {@code id} is well formed as the id of an ACL entry of this scheme. */
    boolean valid(String id);

    /**
     * Whether an ACL entry means a client.
     *
     * @param identity an identity of this scheme that the client has
     * @param expression the id of an ACL entry of this scheme
     */
    boolean matches(String identity, String expression);

    /** Whether the scheme {@code auth} in a new ACL stands for this scheme's identities: true when they prove who somebody is. */
    boolean expandsAuth();

    /** The part of an identity that may be shown to others: never a secret. */
    default String userName(String identity) {
        return identity;
    }
}
