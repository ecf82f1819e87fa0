package io.zookit.auth.certificate;

import io.zookit.spi.auth.AuthExchange;
import io.zookit.spi.auth.AuthScheme;
import io.zookit.spi.auth.AuthStep;
import io.zookit.spi.transport.PeerFacts;
import java.util.List;

/**
 * Whoever shows a certificate, as the client protocol knows it: a connection has the subject of its client certificate as an
 * identity from the start, and an ACL entry is such a name. That the certificate is trusted, and that the client has its key, is
 * the transport's to find out before it hands the connection over; without certificates there is nobody of this scheme.
 */
final class CertificateScheme implements AuthScheme {
    @Override
    public String scheme() {
        return "x509";
    }

    @Override
    public List<String> initialIdentities(PeerFacts peer) {
        if (peer.certificates().isEmpty()) {
            return List.of();
        }
        String subject = DistinguishedName.of(peer.certificates().get(0));
        return subject.isEmpty() ? List.of() : List.of(subject);
    }

    /** A client may ask for what it has anyway (client protocol); what it sends does not matter. */
    @Override
    public AuthExchange begin(PeerFacts peer) {
        List<String> identities = initialIdentities(peer);
        return credentials -> identities.isEmpty()
                ? new AuthStep.Denied("the connection has no client certificate with a subject")
                : new AuthStep.Identities(identities);
    }

    @Override
    public boolean valid(String id) {
        return !DistinguishedName.normal(id).isEmpty();
    }

    /** The same name, however the entry puts its spaces and quotes; letters count as they are written. */
    @Override
    public boolean matches(String identity, String expression) {
        String name = DistinguishedName.normal(expression);
        return !name.isEmpty() && (identity.equals(expression) || identity.equals(name));
    }

    @Override
    public boolean expandsAuth() {
        return true;
    }
}
