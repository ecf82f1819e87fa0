package io.zookit.server;

import io.zookit.config.Config;
import io.zookit.config.Mode;
import io.zookit.kernel.StartException;
import io.zookit.session.SessionPasswords;
import io.zookit.spi.storage.ValueStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The secret that session passwords are made from. A server alone draws one and keeps it beside its data, so that clients can resume
 * their sessions after a restart, and nobody can work a password out from a session id. The members of an ensemble have to have the
 * same one, so there it is a file of the operator's; without it they make the passwords that every server of the protocol knows.
 */
final class SessionSecret {
    private static final Logger LOG = LoggerFactory.getLogger(SessionSecret.class);
    private static final String KEY = "session.secretFile";
    private static final String USE_KEY = "session.secretUse";
    private static final String NAME = "sessionSecret";
    private static final int BYTES = 32;

    private SessionSecret() {}

    /**
     * How this server makes and checks passwords.
     *
     * @throws StartException when the configured file does not hold a secret, or is not used in a way there is
     */
    static SessionPasswords passwords(Config config, ValueStore values) {
        boolean ensemble = config.mode() == Mode.QUORUM;
        String file = config.text(KEY).orElse("");
        if (file.isEmpty()) {
            return ensemble ? compatible() : SessionPasswords.keyed(drawn(values));
        }
        SessionPasswords keyed = SessionPasswords.keyed(written(Path.of(file)));
        String use = config.text(USE_KEY).orElse("");
        return switch (use) {
            case "require" -> keyed;
            case "make" -> SessionPasswords.mixed(keyed, SessionPasswords.compatible());
            case "take" -> SessionPasswords.mixed(SessionPasswords.compatible(), keyed);
            default ->
                throw new StartException(List.of(
                        USE_KEY + ": \"" + use + "\" is none of take, make and require; leave it out for require"));
        };
    }

    private static SessionPasswords compatible() {
        LOG.warn(
                "the passwords of sessions can be worked out from their ids, as with Apache ZooKeeper, whose servers may be members"
                        + " too; once all members are Zookit, give each the same {}",
                KEY);
        return SessionPasswords.compatible();
    }

    /** Reads the secret kept beside the data, or draws and stores one when there is none yet. */
    private static byte[] drawn(ValueStore values) {
        byte[] stored = values.get(NAME);
        if (stored != null) {
            return stored;
        }
        byte[] drawn = new byte[BYTES];
        new SecureRandom().nextBytes(drawn);
        values.put(NAME, drawn);
        return drawn;
    }

    /** The content of a file, but for the ends of lines that editors leave at its end. */
    private static byte[] written(Path file) {
        byte[] bytes;
        try {
            bytes = Files.readAllBytes(file);
            warnWhenOthersMayRead(file);
        } catch (IOException unreadable) {
            throw wrong(file, "cannot be read: " + unreadable);
        }
        int length = bytes.length;
        while (length > 0 && (bytes[length - 1] == '\n' || bytes[length - 1] == '\r')) {
            length--;
        }
        if (length < SessionPasswords.LENGTH) {
            throw wrong(file, "holds " + length + " bytes, and a secret needs at least " + SessionPasswords.LENGTH);
        }
        return Arrays.copyOf(bytes, length);
    }

    private static StartException wrong(Path file, String what) {
        return new StartException(List.of(KEY + ": " + file.toAbsolutePath() + " " + what
                + ". Make one (head -c 32 /dev/urandom > FILE) and copy it to every member."));
    }

    private static void warnWhenOthersMayRead(Path file) throws IOException {
        PosixFileAttributeView view = Files.getFileAttributeView(file, PosixFileAttributeView.class);
        if (view != null && view.readAttributes().permissions().contains(PosixFilePermission.OTHERS_READ)) {
            LOG.warn("{} can be read by everybody on this machine; chmod o-r it", file.toAbsolutePath());
        }
    }
}
