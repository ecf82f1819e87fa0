package io.zookit.junit;

/** What an extension runs for a class or a test. */
interface Servers extends AutoCloseable {
    /** Starts everything. What was started before a failure is left to {@link #close}. */
    void start();

    /** Stops everything and removes the data. */
    @Override
    void close();
}
