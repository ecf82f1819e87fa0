package io.zookit.config;

/** How many servers decide. */
public enum Mode {
    /** This server alone. */
    STANDALONE,
    /** The voters of an ensemble. */
    QUORUM
}
