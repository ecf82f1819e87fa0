package io.zookit.auth.certificate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.spi.auth.AuthSchemeProvider;
import io.zookit.spi.auth.AuthStep;
import io.zookit.spi.transport.PeerFacts;
import io.zookit.tck.AuthSchemeContract;
import io.zookit.tck.AuthSchemeFixture;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class CertificateSchemeTest extends AuthSchemeContract {
    private static final String READER = "CN=reader,OU=clients,O=Example";
    private static final X509Certificate READERS = TestCertificate.of(READER);
    private static final X509Certificate NAMELESS = TestCertificate.of("");

    private final CertificateScheme scheme = new CertificateScheme(null);

    @Override
    protected AuthSchemeFixture newFixture() {
        return new Certificates();
    }

    @Test
    void aConnectionIsTheSubjectOfItsOwnCertificateFromTheStart() {
        X509Certificate authority = TestCertificate.of("CN=authority");
        assertEquals(List.of(READER), scheme.initialIdentities(peer(READERS, authority)));
        assertEquals(List.of("CN=authority"), scheme.initialIdentities(peer(authority, READERS)));
    }

    @Test
    void withoutACertificateNobodyIsAnybody() {
        assertEquals(List.of(), scheme.initialIdentities(peer()));
        assertTrue(scheme.begin(peer()).step(READER.getBytes()) instanceof AuthStep.Denied, "a name is no proof");
    }

    @Test
    void aCertificateWithoutASubjectMeansNobody() {
        assertEquals(List.of(), scheme.initialIdentities(peer(NAMELESS)));
        assertTrue(scheme.begin(peer(NAMELESS)).step(new byte[0]) instanceof AuthStep.Denied);
        assertFalse(scheme.valid(""));
        assertFalse(scheme.matches("", ""));
    }

    @Test
    void specialCharactersAreWrittenAsTheStandardHasThem() {
        String name = "CN=Smith\\, J. \\+ Co,O=A\\\"B";
        assertEquals(List.of(name), scheme.initialIdentities(peer(TestCertificate.of(name))));
        assertTrue(scheme.matches(name, "CN=\"Smith, J. + Co\", O=A\\\"B"));
    }

    @Test
    void aNameThatOnlyLooksLikeAnotherIsAnother() {
        assertFalse(scheme.matches("CN=reader,O=Evil\\,OU=clients", "CN=reader,O=Evil,OU=clients"));
        assertFalse(scheme.matches("CN=reader\\,OU\\=clients,O=Example", READER));
    }

    @Test
    void namesOfAnAbsurdLengthAreNotParsed() {
        assertFalse(scheme.valid("CN=" + "a".repeat(1 << 20)));
        assertFalse(scheme.valid("CN=a" + ",OU=a".repeat(1 << 16)));
    }

    private static PeerFacts peer(X509Certificate... chain) {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        return new PeerFacts(
                new InetSocketAddress(loopback, 40000), new InetSocketAddress(loopback, 2281), Arrays.asList(chain));
    }

    private static final class Certificates implements AuthSchemeFixture {
        @Override
        public AuthSchemeProvider provider() {
            return new CertificateSchemeProvider();
        }

        @Override
        public PeerFacts peer() {
            return CertificateSchemeTest.peer(READERS);
        }

        @Override
        public List<Proof> accepted() {
            return List.of(new Proof("", READER), new Proof("CN=somebody else", READER));
        }

        /** What a client sends does not matter: with this certificate it is always the reader. */
        @Override
        public List<byte[]> refused() {
            return List.of();
        }

        @Override
        public List<String> validIds() {
            return List.of(READER, "CN=a", "CN = a, O = b", "C=DE", "CN=\"a,b\"", "CN=a+OU=b", "1.2.3.4=#0c0161");
        }

        @Override
        public List<String> invalidIds() {
            return List.of(
                    "", "reader", "CN", "=reader", "CN=a,", ",CN=a", "NOSUCH=a", "CN=\"a", "anyone", "user:hash");
        }

        @Override
        public List<Pair> matching() {
            return List.of(
                    new Pair(READER, READER),
                    new Pair(READER, "CN=reader, OU=clients, O=Example"),
                    new Pair(READER, "cn=\"reader\", ou=clients, o=Example"));
        }

        @Override
        public List<Pair> foreign() {
            return List.of(
                    new Pair(READER, "CN=Reader,OU=clients,O=Example"),
                    new Pair(READER, "OU=clients,CN=reader,O=Example"),
                    new Pair(READER, "CN=reader,OU=clients"),
                    new Pair(READER, "CN=reader"),
                    new Pair("CN=reader", READER));
        }
    }
}
