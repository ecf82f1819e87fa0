package io.zookit.session;

import java.security.MessageDigest;
import java.util.Random;

/** The passwords of the client protocol: bytes of a generator seeded with the id. */
final class CompatiblePasswords implements SessionPasswords {
    private static final long SEED_MASK = 0xB341_5C00L;

    @Override
    public byte[] password(long sessionId) {
        byte[] password = new byte[LENGTH];
        new Random(sessionId ^ SEED_MASK).nextBytes(password);
        return password;
    }

    @Override
    public boolean matches(long sessionId, byte[] password) {
        return MessageDigest.isEqual(password(sessionId), password) && sessionId != 0;
    }
}
