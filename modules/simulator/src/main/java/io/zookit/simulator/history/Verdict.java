package io.zookit.simulator.history;

/** What a check of a history found. */
public enum Verdict {
    /** There is an order of the operations that explains every answer and agrees with the clock. */
    LINEARIZABLE,
    /** There is none. */
    NOT_LINEARIZABLE,
    /** The search was given up at its bound; nothing is known. */
    UNDECIDED
}
