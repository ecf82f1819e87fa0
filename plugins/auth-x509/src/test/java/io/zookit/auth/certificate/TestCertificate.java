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
    /** SHA256withECDSA, 1.2.840.10045.4.3.2. */
    private static final byte[] ALGORITHM = {0x06, 0x08, 0x2a, (byte) 0x86, 0x48, (byte) 0xce, 0x3d, 0x04, 0x03, 0x02};

    private TestCertificate() {}

    /**
     * @param subject a name in the form of RFC 2253; may be empty
     */
    static X509Certificate of(String subject) {
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
                    keys.getPublic().getEncoded());
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
