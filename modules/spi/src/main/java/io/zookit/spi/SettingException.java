package io.zookit.spi;

/** A setting has a value that cannot be used. The message says where it was written, what it says and what was expected. */
public final class SettingException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param message one line: place, key, value, expectation
     */
    public SettingException(String message) {
        super(message);
    }
}
