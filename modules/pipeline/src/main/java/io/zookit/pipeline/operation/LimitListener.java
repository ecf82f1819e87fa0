package io.zookit.pipeline.operation;

import java.util.function.Supplier;

/** Hears of the limits that clients run into. */
@FunctionalInterface
public interface LimitListener {
    /**
     * A limit bit. Any thread.
     *
     * @param limit which
     * @param what who did what and what became of it; may or may not be asked for
     */
    void bit(Limit limit, Supplier<String> what);
}
