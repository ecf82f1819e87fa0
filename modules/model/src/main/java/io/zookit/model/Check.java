package io.zookit.model;

/**
 * Checks that guard data. They stay on in production: a broken invariant is our own bug, and going on would spread it.
 */
public final class Check {
    private Check() {}

    /**
     * Fails when an invariant does not hold.
     *
     * @param holds the invariant
     * @param message what was expected
     * @throws IllegalStateException when it does not hold; the node stops
     */
    public static void state(boolean holds, String message) {
        if (!holds) {
            throw new IllegalStateException(message);
        }
    }
}
