package io.zookit.zab;

/** A text that describes no ensemble. It carries no stack trace: others' texts are cheap to refuse. */
public final class MembershipFormatException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message the line, what is wrong with it, and what is expected
     */
    public MembershipFormatException(String message) {
        super(message, null, false, false);
    }
}
