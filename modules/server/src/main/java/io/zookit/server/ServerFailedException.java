package io.zookit.server;

import org.jspecify.annotations.Nullable;

/** A server stopped by itself, because going on could have lost data. The cause says why. */
public final class ServerFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * @param cause what went wrong
     */
    public ServerFailedException(@Nullable Throwable cause) {
        super("the server stopped by itself: " + cause, cause);
    }
}
