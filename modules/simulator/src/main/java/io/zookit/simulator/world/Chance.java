package io.zookit.simulator.world;

import java.util.List;
import java.util.SplittableRandom;

/**
 * A stream of dice. Every subsystem has one of its own, named, so that one more throw in one of them does not change what the
 * others see: a seed stays the same story when a detail is added elsewhere.
 */
public final class Chance {
    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

    private final long seed;
    private final SplittableRandom random;

    /** The stream of a seed. */
    public Chance(long seed) {
        this.seed = seed;
        random = new SplittableRandom(seed);
    }

    /** A stream of its own for a part of the world; the same name gives the same stream, whatever was thrown before. */
    public Chance named(String name) {
        long mixed = seed;
        for (int i = 0; i < name.length(); i++) {
            mixed = (mixed ^ name.charAt(i)) * GOLDEN;
            mixed ^= mixed >>> 29;
        }
        return new Chance(mixed);
    }

    /** True in so many of a million cases. */
    public boolean perMillion(int times) {
        return times > 0 && random.nextInt(1_000_000) < times;
    }

    /** True in so many of a hundred cases. */
    public boolean percent(int times) {
        return times > 0 && random.nextInt(100) < times;
    }

    /** A coin. */
    public boolean coin() {
        return random.nextBoolean();
    }

    /** A number from 0, below {@code bound}. */
    public int below(int bound) {
        return random.nextInt(bound);
    }

    /** A number of these, both ends included. */
    public long between(long least, long most) {
        return least >= most ? least : random.nextLong(least, most + 1);
    }

    /** One of a list that is not empty. */
    public <T> T of(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }

    /** Any number. */
    public long any() {
        return random.nextLong();
    }

    /**
     * A duration as the world has them: mostly near the least, now and then far above.
     *
     * @param least the shortest, same unit as the result
     * @param usual added to it in most cases at most
     * @param most the longest there is
     */
    public long duration(long least, long usual, long most) {
        int kind = random.nextInt(32);
        return kind == 0 ? between(least, most) : between(least, Math.min(most, least + usual));
    }
}
