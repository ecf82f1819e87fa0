package io.zookit.auth.superuser;

import io.zookit.model.Id;
import io.zookit.spi.auth.IdentityGrant;
import java.util.List;
import java.util.regex.Pattern;
import javax.security.auth.x500.X500Principal;

/** Makes a superuser of the client that has one identity of the scheme {@code x509}. */
final class CertificateSuperuser implements IdentityGrant {
    private static final String PROVED_BY = "x509";
    /** What is meant as a subject has the one or the other. */
    private static final Pattern ALTERNATIVE_NAME = Pattern.compile("[^\\s=]+");

    private final Id superuser;
    /** Passes every check (client protocol), and says who it is. */
    private final List<Id> granted;

    /**
     * @param owner the subject of the certificate, whose spaces and quotes do not matter, or an alternative name
     * @throws IllegalArgumentException when it is no such name
     */
    CertificateSuperuser(String owner) {
        String name = ALTERNATIVE_NAME.matcher(owner).matches()
                ? owner
                : new X500Principal(owner).getName(X500Principal.RFC2253);
        superuser = new Id(PROVED_BY, name);
        granted = List.of(new Id("super", name));
    }

    @Override
    public List<Id> grant(List<Id> identities) {
        return identities.contains(superuser) ? granted : List.of();
    }
}
