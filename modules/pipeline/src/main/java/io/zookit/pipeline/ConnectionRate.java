package io.zookit.pipeline;

/**
 * How fast clients may come: a bucket of tokens that fills over time, from which each connect request takes some. Without enough
 * of them the connection is closed.
 *
 * @param tokensMax what the bucket holds, and so how many may come at once; 0: any number
 * @param fillMillis how often tokens are added, above 0
 * @param fillCount how many
 * @param newSessionTokens what a new session takes
 * @param renewedSessionTokens what a session takes that comes back
 * @param refusal by which chance connect requests are refused before that
 */
public record ConnectionRate(
        int tokensMax,
        int fillMillis,
        int fillCount,
        int newSessionTokens,
        int renewedSessionTokens,
        RefusalChance refusal) {
    /** As many as come. */
    public static final ConnectionRate UNLIMITED = new ConnectionRate(0, 1, 1, 1, 1, RefusalChance.NONE);
}
