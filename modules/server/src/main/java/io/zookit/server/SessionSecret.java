package io.zookit.server;

import io.zookit.spi.storage.ValueStore;
import java.security.SecureRandom;

/**
 * The secret that session passwords are made from. It is drawn once and kept beside the data, so that clients can resume their
 * sessions after a restart, and nobody can work a password out from a session id.
 */
final class SessionSecret {
    private static final String NAME = "sessionSecret";
    private static final int BYTES = 32;

    private SessionSecret() {}

    /** Reads the secret, or draws and stores one when there is none yet. */
    static byte[] of(ValueStore values) {
        byte[] stored = values.get(NAME);
        if (stored != null) {
            return stored;
        }
        byte[] drawn = new byte[BYTES];
        new SecureRandom().nextBytes(drawn);
        values.put(NAME, drawn);
        return drawn;
    }
}
