package io.zookit.session;

/** Passwords that are made in one way, and taken also when they were made in another. */
record MixedPasswords(SessionPasswords made, SessionPasswords taken) implements SessionPasswords {
    @Override
    public byte[] password(long sessionId) {
        return made.password(sessionId);
    }

    @Override
    public boolean matches(long sessionId, byte[] password) {
        return made.matches(sessionId, password) || taken.matches(sessionId, password);
    }
}
