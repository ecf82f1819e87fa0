package io.zookit.config;

import static io.zookit.config.Key.file;
import static io.zookit.config.Key.prefixed;
import static io.zookit.config.ValueForm.CLASS;
import static io.zookit.config.ValueForm.COUNT;
import static io.zookit.config.ValueForm.MILLIS;
import static io.zookit.config.ValueForm.PATH;
import static io.zookit.config.ValueForm.SWITCH;
import static io.zookit.config.ValueForm.TEXT;
import static io.zookit.config.ValueForm.text;

import java.util.List;

/** Who may do what: access control, authentication, SASL, TLS. */
final class SecurityKeys {
    private static final String NO_SASL = "this version has no SASL";
    private static final String NO_TLS = "this version has no TLS";

    static final List<Key> KEYS = List.of(
            prefixed("skipACL", SWITCH, "no", "Whether everybody may do everything."),
            prefixed(
                    "authProvider.N",
                    CLASS,
                    "",
                    "A further authentication scheme; the classes of Apache ZooKeeper stand for our plugins."),
            prefixed("DigestAuthenticationProvider.enabled", SWITCH, true, "Whether the scheme digest is understood.")
                    .ofPlugin(),
            prefixed("DigestAuthenticationProvider.digestAlg", TEXT, "SHA1", "The algorithm of digest ids.")
                    .ofPlugin(),
            prefixed("DigestAuthenticationProvider.superDigest", TEXT, "", "The digest id of the superuser.")
                    .ofPlugin(),
            prefixed("X509AuthenticationProvider.superUser", TEXT, "", "The certificate name of the superuser.")
                    .ofPlugin(),
            prefixed(
                            "IPAuthenticationProvider.usexforwardedfor",
                            SWITCH,
                            false,
                            "Whether the HTTP header names the client.")
                    .without("this version has no HTTP port"),
            prefixed("SASLAuthenticationProvider.superPassword", TEXT, "", "The password of the SASL superuser.")
                    .without(NO_SASL),
            prefixed("superUser", TEXT, "", "The SASL name of the superuser.").without(NO_SASL),
            prefixed("superUser.*", TEXT, "", "Further SASL names of superusers.")
                    .without(NO_SASL),
            prefixed("enforce.auth.enabled", SWITCH, false, "Whether clients must authenticate before anything else."),
            prefixed(
                    "enforce.auth.schemes",
                    text("schemes, separated by commas"),
                    "",
                    "By which schemes, one of which suffices; a client without any is answered with error -124 and closed."),
            prefixed(
                    "sessionRequireClientSASLAuth",
                    SWITCH,
                    false,
                    "Whether clients must authenticate by SASL: enforce.auth.enabled with the scheme sasl alone."),
            prefixed("allowSaslFailedClients", SWITCH, false, "Whether a client whose SASL failed may stay.")
                    .without(NO_SASL),
            prefixed("letAnySaslUserDoX", TEXT, "", "An ACL id that stands for everybody with SASL.")
                    .without(NO_SASL),
            prefixed("ensembleAuthName", TEXT, "", "The ensemble names clients may ask for.")
                    .without("no plugin for the scheme ensemble comes with this version"),
            prefixed("enableEagerACLCheck", SWITCH, false, "Whether ACLs are checked before a request is forwarded.")
                    .without(EnsembleKeys.NO_ENSEMBLE),
            file(
                    "session.secretFile",
                    PATH,
                    "",
                    "The file with the secret of session passwords, at least 16 bytes, the same on every member; without it the members"
                            + " of an ensemble make passwords that other servers of the protocol know, and anybody can work out."),
            file(
                    "session.secretUse",
                    TEXT,
                    "require",
                    "What session.secretFile is for: with require only passwords made with the secret count. On the way there, member by member:"
                            + " take makes the others and takes both kinds, make makes those of the secret and takes both."),
            prefixed("sasl.serverconfig", TEXT, "Server", "The login section of the server.")
                    .without(NO_SASL),
            prefixed("kerberos.*", TEXT, "", "How Kerberos names are read and tickets renewed.")
                    .without(NO_SASL),
            prefixed("security.auth_to_local", TEXT, "", "How Kerberos names become user names.")
                    .without(NO_SASL),
            prefixed("requireKerberosConfig", SWITCH, false, "Whether Kerberos must be configured.")
                    .without(NO_SASL),
            prefixed("kinit", TEXT, "/usr/bin/kinit", "The program that renews Kerberos tickets.")
                    .without(NO_SASL),
            prefixed("fips-mode", SWITCH, true, "Whether only the Java runtime's own TLS is used.")
                    .without(NO_TLS),
            prefixed("client.certReload", SWITCH, false, "Whether changed certificates are read again.")
                    .without(NO_TLS),
            tls("keyStore.location", "The file with the server's key."),
            tls("keyStore.password", "Its password."),
            tls("keyStore.passwordPath", "The file with its password."),
            tls("keyStore.type", "Its format."),
            tls("trustStore.location", "The file with trusted certificates."),
            tls("trustStore.password", "Its password."),
            tls("trustStore.passwordPath", "The file with its password."),
            tls("trustStore.type", "Its format."),
            tls("protocol", "The TLS version."),
            tls("enabledProtocols", "The TLS versions that are accepted."),
            tls("ciphersuites", "The ciphers that are accepted."),
            tls("context.supplier.class", "A class that makes the TLS context."),
            tls("hostnameVerification", "Whether names in certificates are checked."),
            tls("clientHostnameVerification", "Whether names in clients' certificates are checked."),
            tls("allowReverseDnsLookup", "Whether names may be looked up by address."),
            tls("crl", "Whether revocation lists are read."),
            tls("ocsp", "Whether revocation is asked for online."),
            tls("clientAuth", "Whether clients must show a certificate."),
            tls("handshakeDetectionTimeoutMillis", "How long a connection may take to show whether it is TLS."),
            tls("authProvider", "The scheme that takes clients' certificates."),
            tls("sslProvider", "The implementation of TLS."),
            certificate(
                    "clientCertIdType",
                    TEXT,
                    "SDN",
                    "Whether the owner of a certificate is its subject, or with SAN another name."),
            certificate("clientCertIdSanMatchType", COUNT, "", "Which kind of alternative name that is, 0 to 8."),
            certificate("clientCertIdSanMatchRegex", TEXT, ".*", "Which name of that kind."),
            certificate("clientCertIdSanExtractRegex", TEXT, ".*", "Which part of that name."),
            certificate("clientCertIdSanExtractMatcherGroupIndex", COUNT, 0, "Which group of that expression."),
            prefixed("ssl.quorum.*", TEXT, "", "The same settings for links between servers.")
                    .without(NO_TLS),
            prefixed("kerberos.minReLoginTimeMs", MILLIS, 60_000, "The least time between renewals of a ticket.")
                    .without(NO_SASL));

    private SecurityKeys() {}

    private static Key certificate(String name, ValueForm form, Object defaultValue, String meaning) {
        return prefixed("ssl.x509." + name, form, defaultValue, meaning).ofPlugin();
    }

    private static Key tls(String name, String meaning) {
        return prefixed("ssl." + name, TEXT, "", meaning).without(NO_TLS);
    }
}
