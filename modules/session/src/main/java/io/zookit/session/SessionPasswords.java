package io.zookit.session;

/**
 * The password of a session: 16 bytes made from its id alone, so that every server of an ensemble knows it without storing it. A
 * client gets it with its session and shows it to go on with the session over another connection. Any thread.
 */
public sealed interface SessionPasswords permits CompatiblePasswords, KeyedPasswords, MixedPasswords {
    /** How many bytes a password has. */
    int LENGTH = 16;

    /** The password of a session, in an array of its own. */
    byte[] password(long sessionId);

    /**
     * Whether a password is that of a session; takes the same time wherever they differ.
     *
     * @param sessionId the session the client names; never true for 0, which names none
     * @param password what the client shows, of any length
     */
    boolean matches(long sessionId, byte[] password);

    /**
     * Passwords that Apache ZooKeeper 3.x makes as well, so that sessions move between its servers and ours. Whoever knows the id
     * of a session can work out its password.
     */
    static SessionPasswords compatible() {
        return new CompatiblePasswords();
    }

    /**
     * Passwords that only those can make who know a secret: the first 16 bytes of HMAC-SHA-256 over the id.
     *
     * @param secret at least 16 bytes, the same on every server of an ensemble and after every start; copied
     */
    static SessionPasswords keyed(byte[] secret) {
        return new KeyedPasswords(secret);
    }

    /**
     * Passwords made in one way and taken in two: for an ensemble on its way from one to the other.
     *
     * @param made how passwords are made; such passwords are taken as well
     * @param taken how others make them
     */
    static SessionPasswords mixed(SessionPasswords made, SessionPasswords taken) {
        return new MixedPasswords(made, taken);
    }
}
