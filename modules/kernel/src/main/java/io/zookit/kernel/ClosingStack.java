package io.zookit.kernel;

import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * What has to be closed, in the order in which it was started. {@link #close} goes in reverse, closes everything whatever fails,
 * and happens once: whoever comes second waits for the first and finds nothing left. Any thread.
 *
 * <p>A thing is put on the stack before it is started, so that a start that fails half-way is cleaned up by the same close:
 *
 * <pre>
 *   try {
 *       stack.push(storage::close);
 *       storage.open();
 *       ...
 *   } catch (RuntimeException failed) {
 *       stack.closeAfter(failed);
 *       throw failed;
 *   }
 * </pre>
 */
public final class ClosingStack implements AutoCloseable {
    /** Something that ends a thing's life; must be safe when the thing was never started. */
    @FunctionalInterface
    public interface Closing {
        /** Closes. */
        void close() throws Exception;
    }

    private final Deque<Closing> closings = new ArrayDeque<>();
    private boolean closed;

    /** An empty stack. */
    public ClosingStack() {}

    /**
     * Puts on top what will be closed first.
     *
     * @throws IllegalStateException when the stack is closed already; then the caller still owns the thing
     */
    public synchronized void push(Closing closing) {
        if (closed) {
            throw new IllegalStateException("the server is being closed and cannot start anything more");
        }
        closings.push(closing);
    }

    /**
     * Closes everything, the last first.
     *
     * @throws RuntimeException the first failure, with the later ones suppressed in it; a checked one is wrapped
     */
    @Override
    public synchronized void close() {
        Exception first = closeAll(null);
        if (first instanceof RuntimeException unchecked) {
            throw unchecked;
        }
        if (first != null) {
            throw new IllegalStateException("closing failed: " + first.getMessage(), first);
        }
    }

    /**
     * Closes everything because of a failure.
     *
     * @param failure why; failures to close are suppressed in it
     */
    public synchronized void closeAfter(Exception failure) {
        closeAll(failure);
    }

    private @Nullable Exception closeAll(@Nullable Exception earlier) {
        closed = true;
        Exception first = earlier;
        while (!closings.isEmpty()) {
            try {
                closings.pop().close();
            } catch (Exception failed) {
                if (failed instanceof InterruptedException) {
                    Thread.currentThread().interrupt();
                }
                if (first == null) {
                    first = failed;
                } else if (first != failed) {
                    first.addSuppressed(failed);
                }
            }
        }
        return first;
    }
}
