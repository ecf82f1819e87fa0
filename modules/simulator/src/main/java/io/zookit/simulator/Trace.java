package io.zookit.simulator;

import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The story of a run: a hash of everything that happened, and the words for it when somebody listens. */
final class Trace {
    private static final long GOLDEN = 0x9e37_79b9_7f4a_7c15L;

    private final @Nullable Consumer<String> listener;
    private final Map<String, Long> counts = new TreeMap<>();
    private long hash;

    Trace(@Nullable Consumer<String> listener) {
        this.listener = listener;
    }

    /** Something happened to somebody; what the two numbers are, the word says. */
    void add(long timeMicros, long who, String word, long one, long two) {
        counts.merge(word, 1L, Long::sum);
        mix(timeMicros);
        mix(who);
        mix(word.hashCode());
        mix(one);
        mix(two);
        if (listener != null) {
            listener.accept(String.format(
                    "%10d µs  %2d  %-24s %s %s", timeMicros, who, word, Long.toHexString(one), Long.toHexString(two)));
        }
    }

    private void mix(long value) {
        hash = (hash ^ value) * GOLDEN;
        hash ^= hash >>> 32;
    }

    void say(String words) {
        if (listener != null) {
            listener.accept("                   " + words);
        }
    }

    /** How often each thing happened. */
    Map<String, Long> counts() {
        return counts;
    }

    long hash() {
        return hash;
    }
}
