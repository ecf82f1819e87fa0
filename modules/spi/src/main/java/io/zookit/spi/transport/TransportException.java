package io.zookit.spi.transport;

/** A transport could not start. The message names the address, the reason and what to do. */
public final class TransportException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message address, reason, remedy
     * @param cause the failure below
     */
    public TransportException(String message, Throwable cause) {
        super(message, cause);
    }
}
