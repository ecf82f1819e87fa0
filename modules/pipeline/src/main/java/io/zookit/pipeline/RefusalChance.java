package io.zookit.pipeline;

/**
 * By which chance a connect request is refused before tokens are asked for. Without it the tokens that come go to whoever comes first
 * after them, and who is always late gets none; with it everybody is as likely to be refused.
 *
 * @param freezeMillis how long the chance stays as it is before it changes again; {@link #OFF} for no such chance
 * @param increase by how much it rises when the bucket is found empty, from 0 to 1
 * @param decrease by how much it falls when the bucket is found full enough, from 0 to 1
 * @param missingRatio which part of the bucket may be missing for that, from 0 to 1
 */
public record RefusalChance(int freezeMillis, double increase, double decrease, double missingRatio) {
    /** No refusal by chance. */
    public static final int OFF = -1;

    /** Nobody is refused by chance. */
    public static final RefusalChance NONE = new RefusalChance(OFF, 0, 0, 0);
}
