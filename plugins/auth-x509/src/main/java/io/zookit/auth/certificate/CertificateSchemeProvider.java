package io.zookit.auth.certificate;

import io.zookit.spi.PluginContext;
import io.zookit.spi.Setting;
import io.zookit.spi.Settings;
import io.zookit.spi.auth.AuthScheme;
import io.zookit.spi.auth.AuthSchemeProvider;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/** Provides the scheme of certificates, id {@code x509}. */
public final class CertificateSchemeProvider implements AuthSchemeProvider {
    private static final String PREFIX = "ssl.x509.";
    private static final String UNSET = "-1";

    private static final Setting ID_TYPE = setting(
            "clientCertIdType",
            "SDN",
            "Who the owner of a certificate is: its subject (SDN), or one of its alternative names (SAN), and its subject"
                    + " where none counts.");
    private static final Setting MATCH_TYPE = setting(
            "clientCertIdSanMatchType",
            UNSET,
            "With SAN: the kind of alternative name that counts, by its number in RFC 5280, 0 to 8; 2 is DNS, 6 a URI.");
    private static final Setting MATCH_REGEX = setting(
            "clientCertIdSanMatchRegex",
            ".*",
            "With SAN: a regular expression found in the one name of that kind that counts.");
    private static final Setting EXTRACT_REGEX =
            setting("clientCertIdSanExtractRegex", ".*", "With SAN: a regular expression found in that name.");
    private static final Setting EXTRACT_GROUP = setting(
            "clientCertIdSanExtractMatcherGroupIndex",
            "0",
            "With SAN: the group of that expression which is the identity; 0 for all that was found.");

    @Override
    public String id() {
        return "x509";
    }

    @Override
    public List<Setting> settings() {
        return List.of(ID_TYPE, MATCH_TYPE, MATCH_REGEX, EXTRACT_REGEX, EXTRACT_GROUP);
    }

    @Override
    public AuthScheme create(PluginContext context) {
        Settings settings = context.settings();
        String type = settings.text(ID_TYPE.name()).orElseThrow().strip().toUpperCase(Locale.ROOT);
        return switch (type) {
            case "SDN" -> new CertificateScheme(null);
            case "SAN" -> new CertificateScheme(alternativeName(settings));
            default -> throw settings.invalid(ID_TYPE.name(), "expected SDN or SAN");
        };
    }

    private static AlternativeName alternativeName(Settings settings) {
        // Without a kind no name would ever count: whoever asks for names has to say which.
        int kind = (int) settings.number(MATCH_TYPE.name(), 0, AlternativeName.KIND_MAX);
        Pattern match = pattern(settings, MATCH_REGEX);
        Pattern extract = pattern(settings, EXTRACT_REGEX);
        int groups = extract.matcher("").groupCount();
        int group = (int) settings.number(EXTRACT_GROUP.name(), 0, groups);
        return new AlternativeName(kind, match, extract, group);
    }

    private static Pattern pattern(Settings settings, Setting setting) {
        try {
            return Pattern.compile(settings.text(setting.name()).orElseThrow());
        } catch (PatternSyntaxException wrong) {
            throw settings.invalid(setting.name(), "expected a regular expression: " + wrong.getDescription());
        }
    }

    private static Setting setting(String name, String defaultValue, String description) {
        return new Setting(name, defaultValue, description, List.of(PREFIX + name));
    }
}
