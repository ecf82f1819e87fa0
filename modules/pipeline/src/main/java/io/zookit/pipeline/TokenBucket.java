package io.zookit.pipeline;

import java.util.random.RandomGenerator;

/** The bucket of a {@link ConnectionRate}. Belongs to the owner of the state. */
final class TokenBucket {
    private final ConnectionRate rate;
    private final RefusalDice dice;
    private long tokens;
    private long filledMillis;
    private boolean began;

    /**
     * @param random is asked only when there is a refusal by chance
     */
    TokenBucket(ConnectionRate rate, RandomGenerator random) {
        this.rate = rate;
        this.dice = new RefusalDice(rate.refusal(), rate.tokensMax(), random);
        this.tokens = rate.tokensMax();
    }

    /**
     * Takes tokens for a connect request.
     *
     * @param renewed whether it asks for a session that exists
     * @return false when there are too few, or chance is against it; then none is taken
     */
    boolean take(boolean renewed, long nowMillis) {
        if (rate.tokensMax() == 0) {
            return true;
        }
        fill(nowMillis);
        if (dice.refuses(tokens, nowMillis)) {
            return false;
        }
        int needed = renewed ? rate.renewedSessionTokens() : rate.newSessionTokens();
        if (tokens < needed) {
            return false;
        }
        tokens -= needed;
        return true;
    }

    private void fill(long nowMillis) {
        if (!began) {
            began = true;
            filledMillis = nowMillis;
        }
        long fills = (nowMillis - filledMillis) / rate.fillMillis();
        filledMillis += fills * rate.fillMillis();
        // More fills than that overflow any bucket, and could overflow the product.
        long useful = Math.min(fills, rate.tokensMax());
        tokens = Math.min(rate.tokensMax(), tokens + useful * rate.fillCount());
    }
}
