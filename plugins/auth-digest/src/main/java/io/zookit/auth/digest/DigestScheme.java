package io.zookit.auth.digest;

import io.zookit.spi.auth.AuthExchange;
import io.zookit.spi.auth.AuthScheme;
import io.zookit.spi.auth.AuthStep;
import io.zookit.spi.transport.PeerFacts;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * Users with passwords, as the client protocol knows them. There is no list of users: whoever says {@code user:password} is
 * {@code user:base64(hash(user:password))}, and an ACL entry means a client when the two texts are equal. So no password is
 * wrong; another password is another identity.
 *
 * <p>Texts are UTF-8. Bytes that are not become replacement characters before they are hashed, as in Apache ZooKeeper, so that
 * such a client keeps its identity when it comes here.
 */
final class DigestScheme implements AuthScheme {
    private final String algorithm;

    /**
     * @param algorithm a message digest of this Java runtime
     */
    DigestScheme(String algorithm) {
        this.algorithm = algorithm;
    }

    @Override
    public String scheme() {
        return "digest";
    }

    @Override
    public AuthExchange begin(PeerFacts peer) {
        return this::identify;
    }

    private AuthStep identify(byte[] credentials) {
        String text = new String(credentials, StandardCharsets.UTF_8);
        byte[] hash = messageDigest().digest(text.getBytes(StandardCharsets.UTF_8));
        return new AuthStep.Identities(
                userName(text) + ":" + Base64.getEncoder().encodeToString(hash));
    }

    private MessageDigest messageDigest() {
        try {
            return MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException gone) {
            throw new IllegalStateException("the message digest " + algorithm + " was there at the start", gone);
        }
    }

    /** Exactly two parts around a colon, of which the second is not empty; colons at the very end do not count (client protocol). */
    @Override
    public boolean valid(String id) {
        int end = id.length();
        while (end > 0 && id.charAt(end - 1) == ':') {
            end--;
        }
        String parts = id.substring(0, end);
        int colon = parts.indexOf(':');
        return colon >= 0 && colon == parts.lastIndexOf(':');
    }

    /** Equality, in a time that does not tell how much of a hash was guessed. */
    @Override
    public boolean matches(String identity, String expression) {
        return MessageDigest.isEqual(
                identity.getBytes(StandardCharsets.UTF_8), expression.getBytes(StandardCharsets.UTF_8));
    }

    /** Yes: who has the identity knows the password. */
    @Override
    public boolean expandsAuth() {
        return true;
    }

    @Override
    public String userName(String identity) {
        int colon = identity.indexOf(':');
        return colon < 0 ? identity : identity.substring(0, colon);
    }
}
