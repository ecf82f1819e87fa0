package io.zookit.auth.digest;

import io.zookit.spi.auth.AuthExchange;
import io.zookit.spi.auth.AuthScheme;
import io.zookit.spi.auth.AuthStep;
import io.zookit.spi.transport.PeerFacts;

/**
 * The scheme digest switched off: nobody can authenticate, no new ACL can name its users, and entries that do mean nobody. What it
 * shows of an identity is nothing.
 */
final class DisabledDigestScheme implements AuthScheme {
    @Override
    public String scheme() {
        return "digest";
    }

    @Override
    public AuthExchange begin(PeerFacts peer) {
        return credentials -> new AuthStep.Denied("the scheme digest is switched off (auth.digest.enabled)");
    }

    @Override
    public boolean valid(String id) {
        return false;
    }

    @Override
    public boolean matches(String identity, String expression) {
        return false;
    }

    @Override
    public boolean expandsAuth() {
        return false;
    }

    @Override
    public String userName(String identity) {
        return "";
    }
}
