package io.zookit.auth.superuser;

import io.zookit.model.Id;
import io.zookit.spi.PluginContext;
import io.zookit.spi.Setting;
import io.zookit.spi.Settings;
import io.zookit.spi.auth.IdentityGrant;
import io.zookit.spi.auth.IdentityGrantProvider;
import java.util.Base64;
import java.util.List;

/** Provides the grant of the superuser, id {@code super}. Without a setting there is no superuser. */
public final class SuperuserProvider implements IdentityGrantProvider {
    /** The length of the shortest digest in use, MD5; a password that happens to be base64 is hardly as long. */
    private static final int HASH_BYTES_MIN = 16;

    private static final Setting SUPER_DIGEST = new Setting(
            "superDigest",
            null,
            "The digest id, user:hash, of the client whom no ACL holds back; by default there is none.",
            List.of("DigestAuthenticationProvider.superDigest"));

    private static final Setting SUPER_USER = new Setting(
            "x509SuperUser",
            null,
            "The identity of the scheme x509 that no ACL holds back: the subject of a certificate as RFC 2253 writes it, or an"
                    + " alternative name; by default there is none.",
            List.of("X509AuthenticationProvider.superUser"));

    @Override
    public String id() {
        return "super";
    }

    @Override
    public List<Setting> settings() {
        return List.of(SUPER_DIGEST, SUPER_USER);
    }

    @Override
    public IdentityGrant create(PluginContext context) {
        Settings settings = context.settings();
        IdentityGrant byDigest = byDigest(settings);
        IdentityGrant byCertificate = byCertificate(settings);
        return identities -> {
            List<Id> granted = byDigest.grant(identities);
            return granted.isEmpty() ? byCertificate.grant(identities) : granted;
        };
    }

    private static IdentityGrant byCertificate(Settings settings) {
        String subject = settings.text(SUPER_USER.name()).orElse("").strip();
        if (subject.isEmpty()) {
            return identities -> List.of();
        }
        try {
            return new CertificateSuperuser(subject);
        } catch (IllegalArgumentException noName) {
            throw settings.invalid(
                    SUPER_USER.name(),
                    "expected the subject of a certificate such as CN=root,O=Example, or an alternative name");
        }
    }

    private static IdentityGrant byDigest(Settings settings) {
        String superDigest = settings.text(SUPER_DIGEST.name()).orElse("").strip();
        if (superDigest.isEmpty()) {
            return identities -> List.of();
        }
        if (!isDigestId(superDigest)) {
            // Most likely a password stands there in place of its hash: it would never match, and it would be readable.
            throw settings.invalid(
                    SUPER_DIGEST.name(),
                    "expected user:hash, the hash of user:password in base64 as it stands in an ACL");
        }
        return new DigestSuperuser(superDigest);
    }

    private static boolean isDigestId(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return false;
        }
        try {
            return Base64.getDecoder().decode(text.substring(colon + 1)).length >= HASH_BYTES_MIN;
        } catch (IllegalArgumentException notBase64) {
            return false;
        }
    }
}
