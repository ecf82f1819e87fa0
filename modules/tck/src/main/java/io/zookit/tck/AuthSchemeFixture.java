package io.zookit.tck;

import io.zookit.spi.auth.AuthSchemeProvider;
import io.zookit.spi.transport.PeerFacts;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * An authentication scheme under test, and what its author says it does. The schemes a contract can judge by themselves decide
 * with one packet of credentials.
 */
public interface AuthSchemeFixture {
    /** The provider of the scheme. */
    AuthSchemeProvider provider();

    /** The settings the scheme is made with, by name; those not in it have their defaults. */
    default Map<String, String> settings() {
        return Map.of();
    }

    /** The client that authenticates. */
    default PeerFacts peer() {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        return new PeerFacts(new InetSocketAddress(loopback, 40000), new InetSocketAddress(loopback, 2181), List.of());
    }

    /** Credentials that prove something; none for a scheme that nobody can prove anything to. */
    List<Proof> accepted();

    /** Credentials that prove nothing; none for a scheme that believes everybody. */
    List<byte[]> refused();

    /** Ids of ACL entries that are well formed; at least one. */
    List<String> validIds();

    /** Ids of ACL entries that are not; at least one. */
    List<String> invalidIds();

    /** Clients that ACL entries mean; at least one. */
    List<Pair> matching();

    /** Clients that ACL entries do not mean; none for a scheme whose entries mean everybody. */
    List<Pair> foreign();

    /**
     * Credentials and what they prove.
     *
     * @param credentials the bytes of an auth packet
     * @param identities who the client is then, in the order of the scheme
     */
    record Proof(byte[] credentials, List<String> identities) {
        /** Credentials that are text, and one identity. */
        public Proof(String credentials, String identity) {
            this(credentials.getBytes(StandardCharsets.UTF_8), List.of(identity));
        }
    }

    /**
     * A client and an ACL entry.
     *
     * @param identity an identity, such as the scheme gives to clients
     * @param expression the id of an ACL entry of the scheme, valid
     */
    record Pair(String identity, String expression) {}
}
