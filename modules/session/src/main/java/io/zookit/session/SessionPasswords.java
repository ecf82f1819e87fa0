package io.zookit.session;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What proves that a session is one's own: 16 bytes that are worked out from the id, so that nobody has to keep them. */
public sealed interface SessionPasswords {
    /** Bytes of a password. */
    int BYTES = 16;

    /** The password of a session. */
    byte[] password(long sessionId);

    /** Whether a password is that of a session. Takes the same time wherever they differ. */
    default boolean matches(long sessionId, byte[] offered) {
        return MessageDigest.isEqual(password(sessionId), offered);
    }

    /** Passwords that only the holder of a secret can work out: HMAC-SHA-256 of the id. */
    static SessionPasswords keyed(byte[] secret) {
        return new Keyed(secret.clone());
    }

    /** Passwords that every server of an Apache ensemble works out the same way; for ensembles of both kinds. */
    static SessionPasswords compatible() {
        return new Compatible();
    }

    /** See {@link #keyed}. */
    final class Keyed implements SessionPasswords {
        private static final String ALGORITHM = "HmacSHA256";

        private final SecretKeySpec key;

        private Keyed(byte[] secret) {
            key = new SecretKeySpec(secret, ALGORITHM);
        }

        @Override
        public byte[] password(long sessionId) {
            try {
                Mac mac = Mac.getInstance(ALGORITHM);
                mac.init(key);
                byte[] full = mac.doFinal(
                        ByteBuffer.allocate(Long.BYTES).putLong(sessionId).array());
                return Arrays.copyOf(full, BYTES);
            } catch (GeneralSecurityException missing) {
                throw new IllegalStateException("every Java platform has " + ALGORITHM, missing);
            }
        }
    }

    /** See {@link #compatible}. */
    final class Compatible implements SessionPasswords {
        private static final long MASK = 0xB341_5C00L;

        private Compatible() {}

        @Override
        public byte[] password(long sessionId) {
            byte[] password = new byte[BYTES];
            new Random(sessionId ^ MASK).nextBytes(password);
            return password;
        }
    }
}
