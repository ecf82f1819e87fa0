package io.zookit.auth.certificate;

import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Who a certificate's owner is by one of its subject alternative names: the only one of a kind that matches, and of it the part that
 * is extracted.
 *
 * @param kind which kind of name, by the number of RFC 5280: 1 mail, 2 DNS, 6 URI and so on
 * @param match is found in the name that counts
 * @param extract is found in that name, and its group is the identity
 * @param group a group of {@code extract}; 0 is all of what is found
 */
record AlternativeName(int kind, Pattern match, Pattern extract, int group) {
    /** The greatest number of a kind. */
    static final int KIND_MAX = 8;

    /** The identity; empty when there is not exactly one name that matches, or nothing to be extracted from it. */
    Optional<String> of(X509Certificate certificate) {
        List<String> matching = matching(certificate);
        if (matching.size() != 1) {
            return Optional.empty();
        }
        Matcher found = extract.matcher(matching.get(0));
        return found.find()
                ? Optional.ofNullable(found.group(group)).filter(identity -> !identity.isEmpty())
                : Optional.empty();
    }

    private List<String> matching(X509Certificate certificate) {
        List<String> matching = new ArrayList<>();
        for (List<?> name : names(certificate)) {
            // A pair of kind and name; names of some kinds have no text form.
            if (name.get(0).equals(kind)
                    && name.get(1) instanceof String text
                    && text.length() <= DistinguishedName.LENGTH_MAX
                    && match.matcher(text).find()) {
                matching.add(text);
            }
        }
        return matching;
    }

    private static Collection<List<?>> names(X509Certificate certificate) {
        try {
            Collection<List<?>> names = certificate.getSubjectAlternativeNames();
            return names == null ? List.of() : names;
        } catch (CertificateParsingException unreadable) {
            return List.of();
        }
    }
}
