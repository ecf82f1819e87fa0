package io.zookit.pipeline;

/** Who knows of a session that a member of an ensemble opens. Standalone, everybody there is. */
public enum NewSessions {
    /** All servers: its beginning and its end are transactions. */
    GLOBAL,
    /** This server alone, for good: it never owns ephemerals. */
    LOCAL,
    /** This server alone, until it is to own its first ephemeral. */
    LOCAL_UNTIL_EPHEMERAL
}
