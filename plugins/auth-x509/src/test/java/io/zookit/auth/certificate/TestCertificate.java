package io.zookit.auth.certificate;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import javax.security.auth.x500.X500Principal;

/** A self-signed certificate for any subject, put together from its DER pieces, because the JDK has no public way to make one. */
final class TestCertificate {
    private static final int INTEGER = 0x02;
    private static final int BIT_STRING = 0x03;
    private static final int UTC_TIME = 0x17;
    private static final int SEQUENCE = 0x30;
    private static final int VERSION = 0xa0;
    private static final int EXTENSIONS = 0xa3;
    private static final int OCTET_STRING = 0x04;
    /** subjectAltName, 2.5.29.17. */
    private static final byte[] ALTERNATIVE_NAMES = {0x06, 0x03, 0x55, 0x1d, 0x11};
    /** Names are tagged by their kind. */
    private static final int KIND = 0x80;

    /** SHA256withECDSA, 1.2.840.10045.4.3.2. */
    private static final byte[] ALGORITHM = {0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02};

    private TestCertificate() {}

    /**
     * An alternative name.
     *
     * @param kind its number in RFC 5280; 1 mail, 2 DNS, 6 URI
     */
    record Name(int kind, byte[] value) {
        static Name mail(String address) {
            return new Name(1, address.getBytes(StandardCharsets.US_ASCII));
        }

        static Name dns(String host) {
            return new Name(2, host.getBytes(StandardCharsets.US_ASCII));
        }

        static Name uri(String uri) {
            return new Name(6, uri.getBytes(StandardCharsets.US_ASCII));
        }
    }

    /**
     * @param subject a name in the form of RFC 2253; may be empty
     * @param names its alternative names
     */
    static X509Certificate of(String subject, Name... names) {
        try {
            KeyPair keys = KeyPairGenerator.getInstance("EC").generateKeyPair();
            byte[] algorithm = der(SEQUENCE, ALGORITHM);
            byte[] issuer = new X500Principal("CN=Test").getEncoded();
            byte[] validity = der(SEQUENCE, time("200101000000Z"), time("491231235959Z"));
            byte[] body = der(
                    SEQUENCE,
                    der(VERSION, number(2)),
                    number(1),
                    algorithm,
                    issuer,
                    validity,
                    new X500Principal(subject).getEncoded(),
                    keys.getPublic().getEncoded(),
                    extensions(names));
            Signature signature = Signature.getInstance("SHA256withECDSA");
            signature.initSign(keys.getPrivate());
            signature.update(body);
            byte[] encoded = der(SEQUENCE, body, algorithm, der(BIT_STRING, new byte[1], signature.sign()));
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509").generateCertificate(new ByteArrayInputStream(encoded));
        } catch (GeneralSecurityException impossible) {
            throw new AssertionError(impossible);
        }
    }

    private static byte[] extensions(Name... names) {
        if (names.length == 0) {
            return new byte[0];
        }
        byte[][] tagged = new byte[names.length][];
        for (int i = 0; i < names.length; i++) {
            tagged[i] = der(KIND | names[i].kind(), names[i].value());
        }
        byte[] extension = der(SEQUENCE, ALTERNATIVE_NAMES, der(OCTET_STRING, der(SEQUENCE, tagged)));
        return der(EXTENSIONS, der(SEQUENCE, extension));
    }

    private static byte[] number(int value) {
        return der(INTEGER, BigInteger.valueOf(value).toByteArray());
    }

    private static byte[] time(String text) {
        return der(UTC_TIME, text.getBytes(StandardCharsets.US_ASCII));
    }

    private static byte[] der(int tag, byte[]... parts) {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            content.writeBytes(part);
        }
        ByteArrayOutputStream whole = new ByteArrayOutputStream();
        whole.write(tag);
        if (content.size() < 128) {
            whole.write(content.size());
        } else {
            whole.write(0x82);
            whole.write(content.size() >> 8);
            whole.write(content.size());
        }
        whole.writeBytes(content.toByteArray());
        return whole.toByteArray();
    }
}
