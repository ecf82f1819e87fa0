package io.zookit.auth.digest;

import io.zookit.spi.PluginContext;
import io.zookit.spi.Setting;
import io.zookit.spi.Settings;
import io.zookit.spi.auth.AuthScheme;
import io.zookit.spi.auth.AuthSchemeProvider;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.List;

/** Provides the scheme of users with passwords, id {@code digest}. */
public final class DigestSchemeProvider implements AuthSchemeProvider {
    private static final Setting ALGORITHM = new Setting(
            "algorithm",
            "SHA1",
            "The message digest of the ids, by its name in the Java runtime, such as SHA-256. Stored ids are of one algorithm:"
                    + " after a change the old ones mean nobody.",
            List.of("DigestAuthenticationProvider.digestAlg"));
    private static final Setting ENABLED = new Setting(
            "enabled",
            "true",
            "Whether clients can authenticate by this scheme and ACLs can name its users.",
            List.of("DigestAuthenticationProvider.enabled"));

    @Override
    public String id() {
        return "digest";
    }

    @Override
    public List<Setting> settings() {
        return List.of(ALGORITHM, ENABLED);
    }

    @Override
    public AuthScheme create(PluginContext context) {
        Settings settings = context.settings();
        if (!settings.flag(ENABLED.name())) {
            return new DisabledDigestScheme();
        }
        String algorithm = settings.text(ALGORITHM.name()).orElseThrow();
        try {
            MessageDigest.getInstance(algorithm);
        } catch (NoSuchAlgorithmException unknown) {
            throw settings.invalid(
                    ALGORITHM.name(), "expected a message digest of this Java runtime, such as SHA1 or SHA-256");
        }
        return new DigestScheme(algorithm);
    }
}
