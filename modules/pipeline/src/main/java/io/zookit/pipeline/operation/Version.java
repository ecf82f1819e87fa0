package io.zookit.pipeline.operation;

/** The rule of conditional changes: a change names the version it expects. */
final class Version {
    /** Matches whatever is there. */
    private static final int ANY = -1;

    private Version() {}

    static boolean matches(int expected, int actual) {
        return expected == ANY || expected == actual;
    }
}
