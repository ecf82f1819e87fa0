package io.zookit.auth.world;

import io.zookit.spi.auth.AuthExchange;
import io.zookit.spi.auth.AuthScheme;
import io.zookit.spi.auth.AuthStep;
import io.zookit.spi.transport.PeerFacts;

/**
 * Everyone, as the client protocol knows it: the ACL id {@code world:anyone} means all clients, whoever they are.
 *
 * <p>No client has an identity of this scheme, so that {@code whoAmI} shows none; the server's access control lets
 * {@code world:anyone} pass by itself. And there is nothing to prove: an auth packet of this scheme is denied.
 */
final class WorldScheme implements AuthScheme {
    private static final String ANYONE = "anyone";

    @Override
    public String scheme() {
        return "world";
    }

    @Override
    public AuthExchange begin(PeerFacts peer) {
        return credentials -> new AuthStep.Denied("the scheme world has nothing to prove");
    }

    @Override
    public boolean valid(String id) {
        return id.equals(ANYONE);
    }

    @Override
    public boolean matches(String identity, String expression) {
        return expression.equals(ANYONE);
    }

    /** No: to be anyone proves nothing. */
    @Override
    public boolean expandsAuth() {
        return false;
    }
}
