package io.zookit.pipeline;

/**
 * What a member of an ensemble does in the roles it has.
 *
 * @param leaderServes whether it has clients of its own while it leads
 * @param readOnlyAfterMillis after how long without a leader it serves clients that want to read only, -1 for never
 * @param newSessions who knows of the sessions it opens
 */
public record EnsembleOptions(boolean leaderServes, int readOnlyAfterMillis, NewSessions newSessions) {
    /** In the place of a time. */
    public static final int NEVER = -1;

    /** What a server without an ensemble has, and an ensemble's by default. */
    public static final EnsembleOptions DEFAULT = new EnsembleOptions(true, NEVER, NewSessions.GLOBAL);
}
