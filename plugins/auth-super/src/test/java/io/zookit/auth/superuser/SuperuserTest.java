package io.zookit.auth.superuser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.model.Id;
import io.zookit.spi.PluginKind;
import io.zookit.spi.SettingException;
import io.zookit.spi.auth.IdentityGrant;
import io.zookit.spi.auth.IdentityGrantProvider;
import io.zookit.tck.PluginUnderTest;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class SuperuserTest {
    private static final SuperuserProvider PROVIDER = new SuperuserProvider();
    private static final String SUPER_DIGEST = "super:tpUq/4Pn5A64fVZyQ0gOJ8ZWqkY=";

    @Test
    void theClientWithTheDigestPassesEveryCheck() {
        IdentityGrant grant = grant(SUPER_DIGEST);
        List<Id> granted = grant.grant(List.of(new Id("ip", "127.0.0.1"), new Id("digest", SUPER_DIGEST)));
        assertEquals(List.of(new Id("super", "")), granted);
        assertTrue(granted.get(0).isSuper());
    }

    @Test
    void withoutTheSettingThereIsNoSuperuser() {
        assertEquals(List.of(), grant(Map.of()).grant(List.of(new Id("digest", ""), new Id("digest", SUPER_DIGEST))));
        assertEquals(List.of(), grant("").grant(List.of(new Id("digest", ""))));
        assertEquals(List.of(), grant(" ").grant(List.of(new Id("digest", " "), new Id("digest", ""))));
    }

    @Test
    void spacesAroundTheSettingDoNotCount() {
        assertEquals(
                1,
                grant(" " + SUPER_DIGEST + " ")
                        .grant(List.of(new Id("digest", SUPER_DIGEST)))
                        .size());
    }

    @Test
    void digestsOfOtherAlgorithmsAreUnderstood() {
        String sha256 = "super:" + "A".repeat(43) + "=";
        assertEquals(1, grant(sha256).grant(List.of(new Id("digest", sha256))).size());
    }

    @Test
    void aPasswordInPlaceOfItsHashIsRefusedWithoutBeingShown() {
        for (String value : List.of("letmein", "super:", "super:secret", "super:s3cret!", "super:password", "a:b:c")) {
            SettingException refused = assertThrows(SettingException.class, () -> grant(value), value);
            assertFalse(refused.getMessage().contains(value), refused.getMessage());
            assertTrue(refused.getMessage().contains("auth.super.superDigest"), refused.getMessage());
        }
    }

    @Test
    void theClientWithTheCertificatePassesEveryCheckToo() {
        IdentityGrant grant = grant(Map.of("x509SuperUser", "CN=root, O=\"Example\"", "superDigest", SUPER_DIGEST));
        for (Id identity : List.of(new Id("x509", "CN=root,O=Example"), new Id("digest", SUPER_DIGEST))) {
            List<Id> granted = grant.grant(List.of(identity));
            assertEquals(1, granted.size(), identity::toString);
            assertTrue(granted.get(0).isSuper());
        }
    }

    @Test
    void anAlternativeNameMayBeTheSuperusersToo() {
        IdentityGrant grant = grant(Map.of("x509SuperUser", "spiffe://example.org/root"));
        assertEquals(
                1,
                grant.grant(List.of(new Id("x509", "spiffe://example.org/root")))
                        .size());
        assertEquals(List.of(), grant.grant(List.of(new Id("x509", "spiffe://example.org/Root"))));
        assertEquals(List.of(), grant.grant(List.of(new Id("ip", "spiffe://example.org/root"))));
    }

    @Test
    void aSubjectThatIsNoNameStopsTheStart() {
        for (String value : List.of("root of everything", "CN=root,,O=Example", "=root")) {
            SettingException refused =
                    assertThrows(SettingException.class, () -> grant(Map.of("x509SuperUser", value)), value);
            assertTrue(refused.getMessage().contains("auth.super.x509SuperUser"), refused.getMessage());
        }
        assertEquals(List.of(), grant(Map.of("x509SuperUser", " ")).grant(List.of(new Id("x509", ""))));
    }

    @Test
    void theProviderIsFound() {
        assertEquals("super", PROVIDER.id());
        assertEquals(PluginKind.AUTH, PROVIDER.kind());
        assertEquals(
                List.of("DigestAuthenticationProvider.superDigest"),
                PROVIDER.settings().get(0).aliases());
        assertTrue(ServiceLoader.load(IdentityGrantProvider.class).stream()
                .anyMatch(found -> found.type() == SuperuserProvider.class));
    }

    private static IdentityGrant grant(String superDigest) {
        return grant(Map.of("superDigest", superDigest));
    }

    private static IdentityGrant grant(Map<String, String> settings) {
        return PluginUnderTest.create(PROVIDER, settings);
    }
}
