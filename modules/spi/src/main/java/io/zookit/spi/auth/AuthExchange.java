package io.zookit.spi.auth;

/** One client proving who it is, in one or more steps. Used by one thread at a time. */
public interface AuthExchange {
    /**
     * Takes what the client sent.
     *
     * @param credentials the bytes of its packet, empty when it sent none
     * @return what follows from it
     */
    AuthStep step(byte[] credentials);
}
