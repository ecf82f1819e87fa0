package io.zookit.wire;

/** Bytes that do not have the announced form. It carries no stack trace: bad input is cheap to refuse. */
public final class WireFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message what was expected and what was found
     */
    public WireFormatException(String message) {
        super(message, null, false, false);
    }
}
