package io.zookit.pipeline;

/** The bucket of a {@link ConnectionRate}. Belongs to the owner of the state. */
final class TokenBucket {
    private final ConnectionRate rate;
    private long tokens;
    private long filledMillis;
    private boolean began;

    TokenBucket(ConnectionRate rate) {
        this.rate = rate;
        this.tokens = rate.tokensMax();
    }

    /**
     * Takes tokens for a connect request.
     *
     * @param renewed whether it asks for a session that exists
     * @return false when there are too few; then none is taken
     */
    boolean take(boolean renewed, long nowMillis) {
        if (rate.tokensMax() == 0) {
            return true;
        }
        fill(nowMillis);
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
