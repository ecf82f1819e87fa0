package io.zookit.session;

import io.zookit.model.Check;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Passwords that need a secret to be made. */
final class KeyedPasswords implements SessionPasswords {
    /** Every Java platform has to have this one. */
    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    KeyedPasswords(byte[] secret) {
        Check.state(secret.length >= LENGTH, "the secret of session passwords needs at least 16 bytes");
        key = new SecretKeySpec(secret, ALGORITHM);
    }

    @Override
    public byte[] password(long sessionId) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] code = mac.doFinal(
                    ByteBuffer.allocate(Long.BYTES).putLong(sessionId).array());
            return Arrays.copyOf(code, LENGTH);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java platform lacks " + ALGORITHM, e);
        }
    }

    @Override
    public boolean matches(long sessionId, byte[] password) {
        return MessageDigest.isEqual(password(sessionId), password) && sessionId != 0;
    }
}
