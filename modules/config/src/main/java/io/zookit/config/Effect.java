package io.zookit.config;

/** What a known key does in this server. */
public enum Effect {
    /** The server uses it. */
    SERVER,
    /** A plugin that is chosen may use it, as an alias of one of its settings. */
    PLUGIN,
    /** It is accepted so that existing files work, and does nothing; one line in the log says so. */
    NONE,
    /**
     * It asks for protection this server does not have. To go on without would be weaker than what was asked for, so any value
     * other than the default stops the start.
     */
    REFUSED
}
