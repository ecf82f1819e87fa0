package io.zookit.pipeline;

/** Told once when the server cannot go on: a disk error, or a bug of our own. Any thread. */
@FunctionalInterface
public interface Fatal {
    /**
     * @param where which part failed, for the log
     * @param cause what happened
     */
    void stop(String where, Throwable cause);
}
