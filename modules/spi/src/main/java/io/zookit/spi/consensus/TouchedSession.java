package io.zookit.spi.consensus;

/**
 * A session that its client kept alive at another server.
 *
 * @param sessionId its id
 * @param timeoutMillis its timeout
 */
public record TouchedSession(long sessionId, int timeoutMillis) {}
