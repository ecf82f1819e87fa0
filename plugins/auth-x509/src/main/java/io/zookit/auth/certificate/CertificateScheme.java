package io.zookit.auth.certificate;

import io.zookit.spi.auth.AuthExchange;
import io.zookit.spi.auth.AuthScheme;
import io.zookit.spi.auth.AuthStep;
import io.zookit.spi.transport.PeerFacts;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whoever shows a certificate, as the client protocol knows it: a connection has the subject of its client certificate as an
 * identity from the start, or one of its alternative names, and an ACL entry is such a name. That the certificate is trusted, and that the client has its key, is
 * the transport's to find out before it hands the connection over; without certificates there is nobody of this scheme.
 */
final class CertificateScheme implements AuthScheme {
    private static final Logger LOG = LoggerFactory.getLogger(CertificateScheme.class);

    private final @Nullable AlternativeName alternative;

    /**
     * @param alternative which alternative name comes before the subject, {@code null} for none
     */
    CertificateScheme(@Nullable AlternativeName alternative) {
        this.alternative = alternative;
    }

    @Override
    public String scheme() {
        return "x509";
    }

    @Override
    public List<String> initialIdentities(PeerFacts peer) {
        if (peer.certificates().isEmpty()) {
            return List.of();
        }
        X509Certificate certificate = peer.certificates().get(0);
        if (alternative != null) {
            Optional<String> name = alternative.of(certificate);
            if (name.isPresent()) {
                return List.of(name.get());
            }
            LOG.debug("{}: no alternative name of its certificate counts, so its subject does", peer.remoteAddress());
        }
        String subject = DistinguishedName.of(certificate);
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
        return alternative == null
                ? !DistinguishedName.normal(id).isEmpty()
                : !id.isEmpty() && id.length() <= DistinguishedName.LENGTH_MAX;
    }

    /** The same name, however the entry of a subject puts its spaces and quotes; letters count as they are written. */
    @Override
    public boolean matches(String identity, String expression) {
        return valid(expression)
                && (identity.equals(expression) || identity.equals(DistinguishedName.normal(expression)));
    }

    @Override
    public boolean expandsAuth() {
        return true;
    }
}
