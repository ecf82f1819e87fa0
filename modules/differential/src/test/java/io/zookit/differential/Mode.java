package io.zookit.differential;

import java.util.List;

/** The ways to play, with their share of the requests. */
enum Mode {
    /** A client waits for each reply. */
    SERIAL(7, false, true),
    /** Clients send up to twenty requests before they read. */
    BURSTS(2, true, true),
    /** As {@link #SERIAL}, and znodes may not have a time to live. */
    WITHOUT_TTL(1, false, false);

    /** How many requests are played before the trees are compared and everything is taken away again. */
    static final int SLICE_REQUESTS = 1_000;

    final int tenths;
    final boolean bursts;
    final boolean extendedTypes;

    Mode(int tenths, boolean bursts, boolean extendedTypes) {
        this.tenths = tenths;
        this.bursts = bursts;
        this.extendedTypes = extendedTypes;
    }

    List<Step> steps(long seed) {
        return new StepGenerator(seed, bursts).steps(SLICE_REQUESTS);
    }
}
