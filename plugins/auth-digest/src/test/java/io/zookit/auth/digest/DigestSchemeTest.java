package io.zookit.auth.digest;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.spi.Setting;
import io.zookit.spi.SettingException;
import io.zookit.spi.auth.AuthScheme;
import io.zookit.spi.auth.AuthSchemeProvider;
import io.zookit.spi.auth.AuthStep;
import io.zookit.tck.AuthSchemeContract;
import io.zookit.tck.AuthSchemeFixture;
import io.zookit.tck.PluginUnderTest;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The ids of the known passwords were made by Apache ZooKeeper 3.9.5. */
class DigestSchemeTest extends AuthSchemeContract {
    private static final DigestSchemeProvider PROVIDER = new DigestSchemeProvider();

    @Override
    protected AuthSchemeFixture newFixture() {
        return new Digest();
    }

    @Test
    void aUserNameIsShownWithoutTheHash() {
        AuthScheme scheme = scheme(Map.of());
        assertEquals("user", scheme.userName("user:tpUq/4Pn5A64fVZyQ0gOJ8ZWqkY="));
        assertEquals("nobody", scheme.userName("nobody"));
        assertEquals("", scheme.userName(":"));
        assertEquals("", scheme.userName(""));
    }

    @Test
    void anotherPasswordIsAnotherIdentityOfTheSameUser() {
        AuthScheme scheme = scheme(Map.of());
        String right = identity(scheme, "user:password");
        String wrong = identity(scheme, "user:Password");
        assertNotEquals(right, wrong);
        assertFalse(scheme.matches(wrong, right));
        assertTrue(scheme.matches(right, right));
        assertTrue(scheme.expandsAuth());
    }

    @Test
    void bytesThatAreNoTextStillHaveOneIdentity() {
        AuthScheme scheme = scheme(Map.of());
        byte[] latin = "user:\u00e4".getBytes(StandardCharsets.ISO_8859_1);
        assertEquals(
                new AuthStep.Identities(identity(scheme, "user:\ufffd")),
                scheme.begin(new Digest().peer()).step(latin));
    }

    @Test
    void theAlgorithmIsASetting() {
        String identity = identity(scheme(Map.of("algorithm", "SHA-256")), "user:password");
        assertEquals("user:Xj4GU1hbGhjoTS0ZkM6DaWY1HUb6eMmKSCMgMJkgVWY=".length(), identity.length());
        assertTrue(scheme(Map.of()).valid(identity));
        SettingException refused = assertThrows(SettingException.class, () -> scheme(Map.of("algorithm", "SHA-0")));
        assertTrue(refused.getMessage().contains("SHA-256"), refused.getMessage());
    }

    @Test
    void itUnderstandsTheStandardKeys() {
        assertEquals(
                List.of("DigestAuthenticationProvider.digestAlg", "DigestAuthenticationProvider.enabled"),
                PROVIDER.settings().stream()
                        .map(Setting::aliases)
                        .flatMap(List::stream)
                        .toList());
    }

    @Test
    void switchedOffItBelievesNobodyAndMeansNobody() {
        AuthScheme scheme = scheme(Map.of("enabled", "no"));
        String id = "user:tpUq/4Pn5A64fVZyQ0gOJ8ZWqkY=";
        AuthStep step = scheme.begin(new Digest().peer()).step("user:password".getBytes(StandardCharsets.UTF_8));
        assertTrue(step instanceof AuthStep.Denied, step::toString);
        assertEquals("digest", scheme.scheme());
        assertFalse(scheme.valid(id));
        assertFalse(scheme.matches(id, id));
        assertFalse(scheme.expandsAuth());
        assertEquals("", scheme.userName(id));
    }

    private static AuthScheme scheme(Map<String, String> settings) {
        return PluginUnderTest.create(PROVIDER, settings);
    }

    private static String identity(AuthScheme scheme, String credentials) {
        AuthStep step = scheme.begin(new Digest().peer()).step(credentials.getBytes(StandardCharsets.UTF_8));
        return ((AuthStep.Identities) step).ids().get(0);
    }

    private record Digest() implements AuthSchemeFixture {
        @Override
        public AuthSchemeProvider provider() {
            return PROVIDER;
        }

        @Override
        public List<Proof> accepted() {
            return List.of(
                    new Proof("user:password", "user:tpUq/4Pn5A64fVZyQ0gOJ8ZWqkY="),
                    new Proof("nocolon", "nocolon:Ra+cHr2ZoHvBjtNArFGNGlVie4g="),
                    new Proof("", ":2jmj7l5rSw0yVb/vlWAYkK/YBwk="),
                    new Proof(":x", ":57b19mLA2vMhI/edHul/TytWqWE="),
                    new Proof("u:", "u:IX23jg4I7W2/R//KoV8VL1UfuBM="),
                    new Proof("a:b:c", "a:cLzgnoJ6mP5qz3w+mwvPE2vDgu0="),
                    new Proof("\u00e4:\u00f6", "\u00e4:MPV6b0BLR0WYj39Uzk+FLpD7Jig="));
        }

        /** Whoever says something is somebody. */
        @Override
        public List<byte[]> refused() {
            return List.of();
        }

        @Override
        public List<String> validIds() {
            return List.of("a:b", ":b", "a:b:", "a:b::", "user:tpUq/4Pn5A64fVZyQ0gOJ8ZWqkY=");
        }

        @Override
        public List<String> invalidIds() {
            return List.of("", "a", "a:", ":", "::", "a::", "a:b:c", "a::b", "::b");
        }

        @Override
        public List<Pair> matching() {
            return List.of(new Pair("a:b", "a:b"), new Pair("a:b:", "a:b:"));
        }

        @Override
        public List<Pair> foreign() {
            return List.of(
                    new Pair("a:b", "a:c"),
                    new Pair("a:b", "b:b"),
                    new Pair("a:b", "a:b:"),
                    new Pair("a:b", "A:b"),
                    new Pair("a:b", "a:bb"));
        }
    }
}
