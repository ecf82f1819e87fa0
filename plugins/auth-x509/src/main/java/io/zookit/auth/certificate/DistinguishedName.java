package io.zookit.auth.certificate;

import java.security.cert.X509Certificate;
import javax.security.auth.x500.X500Principal;

/** Names such as {@code CN=reader,O=Example}, in the form of RFC 2253. */
final class DistinguishedName {
    /** More than any certificate has; parsing takes time, and ACLs come from clients. */
    static final int LENGTH_MAX = 4096;

    private DistinguishedName() {}

    /** The subject of a certificate; empty when it has none. */
    static String of(X509Certificate certificate) {
        String subject = certificate.getSubjectX500Principal().getName(X500Principal.RFC2253);
        return subject.length() > LENGTH_MAX ? "" : subject;
    }

    /** A name as its certificate would be written; empty for what is no name. */
    static String normal(String text) {
        if (text.length() > LENGTH_MAX) {
            return "";
        }
        try {
            return new X500Principal(text).getName(X500Principal.RFC2253);
        } catch (IllegalArgumentException noName) {
            return "";
        }
    }
}
