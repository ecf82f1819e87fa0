package io.zookit.config;

/** How a key is written as a system property, and which of the two wins (the rules of Apache ZooKeeper 3.9). */
public enum Spelling {
    /** Only the configuration file and the start arguments; as a system property it has no effect. */
    FILE,
    /** Also {@code -Dzookeeper.<name>}; the file wins, because a server there turns the file's value into the property. */
    PREFIXED,
    /**
     * Also {@code -D<name>} without prefix. The property wins, because there it is the only form that counts; here the file may
     * say it too.
     */
    BARE
}
