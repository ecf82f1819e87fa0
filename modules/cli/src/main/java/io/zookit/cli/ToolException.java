package io.zookit.cli;

/** A tool cannot do what it was asked. The message says what, where and what to do. */
final class ToolException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ToolException(String message) {
        super(message);
    }
}
