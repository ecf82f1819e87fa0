package io.zookit.auth.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.auth.certificate.TestCertificate.Name;
import io.zookit.spi.Setting;
import io.zookit.spi.SettingException;
import io.zookit.spi.auth.AuthScheme;
import io.zookit.spi.auth.AuthStep;
import io.zookit.spi.transport.PeerFacts;
import io.zookit.tck.PluginUnderTest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class AlternativeNameTest {
    private static final String SUBJECT = "CN=reader,O=Example";
    private static final X509Certificate CERTIFICATE = TestCertificate.of(
            SUBJECT,
            Name.dns("reader.example.org"),
            Name.uri("spiffe://example.org/ns/shop/sa/reader"),
            Name.uri("https://example.org/about"),
            Name.mail("reader@example.org"));

    private static AuthScheme scheme(String... settings) {
        Map<String, String> values = new HashMap<>(Map.of("clientCertIdType", "SAN"));
        for (int i = 0; i < settings.length; i += 2) {
            values.put("clientCertId" + settings[i], settings[i + 1]);
        }
        return PluginUnderTest.create(new CertificateSchemeProvider(), values);
    }

    private static PeerFacts peer(X509Certificate certificate) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        return new PeerFacts(
                new InetSocketAddress(loopback, 40000), new InetSocketAddress(loopback, 2281), List.of(certificate));
    }

    private static List<String> identities(AuthScheme scheme) {
        return scheme.initialIdentities(peer(CERTIFICATE));
    }

    @Test
    void theOnlyNameOfItsKindIsTheIdentity() {
        assertEquals(List.of("reader.example.org"), identities(scheme("SanMatchType", "2")));
        assertEquals(List.of("reader@example.org"), identities(scheme("SanMatchType", "1")));
        assertEquals(List.of("reader.example.org"), identities(scheme("Type", "san", "SanMatchType", "2")));
    }

    @Test
    void anExpressionChoosesOneOfSeveralNames() {
        assertEquals(
                List.of("spiffe://example.org/ns/shop/sa/reader"),
                identities(scheme("SanMatchType", "6", "SanMatchRegex", "^spiffe:")));
    }

    @Test
    void anExpressionAndItsGroupChooseThePartThatCounts() {
        String[] settings = {
            "SanMatchType", "6", "SanMatchRegex", "^spiffe:", "SanExtractRegex", "/ns/([^/]+)/sa/([^/]+)"
        };
        assertEquals(List.of("/ns/shop/sa/reader"), identities(scheme(settings)));
        for (int group = 1; group <= 2; group++) {
            AuthScheme scheme = scheme(
                    settings[0],
                    settings[1],
                    settings[2],
                    settings[3],
                    settings[4],
                    settings[5],
                    "SanExtractMatcherGroupIndex",
                    Integer.toString(group));
            assertEquals(List.of(group == 1 ? "shop" : "reader"), identities(scheme));
        }
    }

    @Test
    void whereNoNameCountsTheSubjectDoes() {
        List<String> subject = List.of(SUBJECT);
        assertEquals(subject, identities(scheme("SanMatchType", "6")), "two of that kind");
        assertEquals(subject, identities(scheme("SanMatchType", "7")), "none of that kind");
        assertEquals(subject, identities(scheme("SanMatchType", "2", "SanMatchRegex", "^writer")), "none matches");
        assertEquals(subject, identities(scheme("SanMatchType", "2", "SanExtractRegex", "[0-9]+")), "nothing found");
        assertEquals(subject, identities(scheme("SanMatchType", "2", "SanExtractRegex", "x*")), "nothing in it");
        AuthScheme mail = scheme("SanMatchType", "1");
        assertEquals(subject, mail.initialIdentities(peer(TestCertificate.of(SUBJECT))), "no names at all");
    }

    @Test
    void aNameWithoutATextFormDoesNotCount() {
        X509Certificate certificate = TestCertificate.of(SUBJECT, new Name(5, new byte[] {1, 2}));
        assertEquals(List.of(SUBJECT), scheme("SanMatchType", "5").initialIdentities(peer(certificate)));
    }

    @Test
    void namesOfAnAbsurdLengthAreNotLookedAt() {
        X509Certificate certificate = TestCertificate.of(SUBJECT, Name.uri("urn:" + "a".repeat(5_000)));
        assertEquals(List.of(SUBJECT), scheme("SanMatchType", "6").initialIdentities(peer(certificate)));
    }

    @Test
    void anAuthPacketGivesTheSameIdentity() {
        AuthStep step = scheme("SanMatchType", "2").begin(peer(CERTIFICATE)).step(new byte[0]);
        assertEquals(new AuthStep.Identities(List.of("reader.example.org")), step);
    }

    @Test
    void entriesOfAnAclMayNameEither() {
        AuthScheme scheme = scheme("SanMatchType", "2");
        assertTrue(scheme.valid("reader.example.org"));
        assertTrue(scheme.valid(SUBJECT));
        assertFalse(scheme.valid(""));
        assertFalse(scheme.valid("a".repeat(5_000)));
        assertTrue(scheme.matches("reader.example.org", "reader.example.org"));
        assertFalse(scheme.matches("reader.example.org", "Reader.example.org"));
        assertFalse(scheme.matches("", ""));
        assertTrue(scheme.matches(SUBJECT, "CN = reader, O = Example"));
    }

    @Test
    void settingsThatCouldNeverWorkStopTheStart() {
        refused("clientCertIdSanMatchType");
        refused("clientCertIdSanMatchType", "SanMatchType", "9");
        refused("clientCertIdSanMatchType", "SanMatchType", "URI");
        refused("clientCertIdType", "Type", "UPN", "SanMatchType", "2");
        refused("clientCertIdSanMatchRegex", "SanMatchType", "2", "SanMatchRegex", "(");
        refused("clientCertIdSanExtractRegex", "SanMatchType", "2", "SanExtractRegex", "[");
        refused("clientCertIdSanExtractMatcherGroupIndex", "SanMatchType", "2", "SanExtractMatcherGroupIndex", "1");
    }

    private static void refused(String setting, String... settings) {
        SettingException refused = assertThrows(SettingException.class, () -> scheme(settings), setting);
        assertTrue(refused.getMessage().contains("auth.x509." + setting), refused.getMessage());
    }

    @Test
    void theSettingsHaveTheirStandardNames() {
        for (Setting setting : new CertificateSchemeProvider().settings()) {
            assertEquals(List.of("ssl.x509." + setting.name()), setting.aliases());
        }
    }
}
