package io.zookit.session;

import io.zookit.model.Check;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Passwords that need a secret to be made: HMAC-SHA-256 (RFC 2104), put together here from the platform's SHA-256. The platform's own
 * HMAC would let the first client of a server wait for 50 ms, while all providers of cryptography are loaded and checked.
 */
final class KeyedPasswords implements SessionPasswords {
    /** Every Java platform has to have this one. */
    private static final String ALGORITHM = "SHA-256";

    private static final int BLOCK_BYTES = 64;
    private static final int INNER_MASK = 0x36;
    private static final int OUTER_MASK = 0x5c;

    private final byte[] inner;
    private final byte[] outer;

    KeyedPasswords(byte[] secret) {
        Check.state(secret.length >= LENGTH, "the secret of session passwords needs at least 16 bytes");
        byte[] key = secret.length > BLOCK_BYTES ? sha256().digest(secret) : secret;
        inner = masked(key, INNER_MASK);
        outer = masked(key, OUTER_MASK);
    }

    private static byte[] masked(byte[] key, int mask) {
        byte[] block = Arrays.copyOf(key, BLOCK_BYTES);
        for (int i = 0; i < block.length; i++) {
            block[i] ^= (byte) mask;
        }
        return block;
    }

    @Override
    public byte[] password(long sessionId) {
        MessageDigest digest = sha256();
        digest.update(inner);
        digest.update(ByteBuffer.allocate(Long.BYTES).putLong(0, sessionId));
        byte[] innerCode = digest.digest();
        digest.update(outer);
        return Arrays.copyOf(digest.digest(innerCode), LENGTH);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance(ALGORITHM);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("this Java platform lacks " + ALGORITHM, e);
        }
    }

    @Override
    public boolean matches(long sessionId, byte[] password) {
        return MessageDigest.isEqual(password(sessionId), password) && sessionId != 0;
    }
}
