package io.zookit.pipeline;

import java.util.random.RandomGenerator;

/** A {@link RefusalChance} as it is right now. Belongs to the owner of the state. */
final class RefusalDice {
    private final RefusalChance rule;
    private final int tokensMax;
    private final long missingMax;
    private final RandomGenerator random;
    private double chance;
    private long changedMillis;
    private boolean began;

    /**
     * @param tokensMax what the bucket holds
     */
    RefusalDice(RefusalChance rule, int tokensMax, RandomGenerator random) {
        this.rule = rule;
        this.tokensMax = tokensMax;
        this.missingMax = Math.round(tokensMax * rule.missingRatio());
        this.random = random;
    }

    /**
     * Whether a connect request is refused.
     *
     * @param tokens what is in the bucket
     */
    boolean refuses(long tokens, long nowMillis) {
        if (rule.freezeMillis() == RefusalChance.OFF) {
            return false;
        }
        if (!began) {
            began = true;
            changedMillis = nowMillis;
        }
        if (nowMillis - changedMillis > rule.freezeMillis()) {
            change(tokens);
            changedMillis = nowMillis;
        }
        return random.nextDouble() < chance;
    }

    private void change(long tokens) {
        if (tokens == 0 && chance < 1) {
            chance = Math.min(chance + rule.increase(), 1);
        } else if (tokensMax - tokens <= missingMax && chance > 0) {
            chance = Math.max(chance - rule.decrease(), 0);
        }
    }
}
