package io.zookit.pipeline;

import io.zookit.pipeline.operation.Limit;
import io.zookit.pipeline.operation.LimitListener;
import io.zookit.spi.ServerClock;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/**
 * Counts how often each limit bit, and says so in the log: at once when a limit begins to bite, then once in a while, so that
 * whoever runs into limits on purpose cannot fill the log. All methods may be called by any thread.
 */
final class LimitBites implements LimitListener {
    private static final Logger LOG = LoggerFactory.getLogger(LimitBites.class);
    private static final long SILENCE_MILLIS = 60_000;

    private final ServerClock clock;
    private final Map<Limit, Bites> bites;

    LimitBites(ServerClock clock) {
        this.clock = clock;
        Map<Limit, Bites> each = new EnumMap<>(Limit.class);
        for (Limit limit : Limit.values()) {
            each.put(limit, new Bites());
        }
        this.bites = Collections.unmodifiableMap(each);
    }

    /** How often one limit bit, how often it was spoken of, and when the last time was. */
    private static final class Bites {
        private final AtomicLong count = new AtomicLong();
        private final AtomicLong spoken = new AtomicLong();
        private volatile long spokenMillis;

        /** Whether it is this caller who speaks. */
        boolean speaks(long nowMillis) {
            long times = spoken.get();
            boolean due = times == 0 || nowMillis - spokenMillis >= SILENCE_MILLIS;
            if (due && spoken.compareAndSet(times, times + 1)) {
                spokenMillis = nowMillis;
                return true;
            }
            return false;
        }
    }

    @Override
    public void bit(Limit limit, Supplier<String> what) {
        Bites each = of(limit);
        long count = each.count.incrementAndGet();
        if (each.speaks(clock.monotonicMillis())) {
            LOG.atLevel(limit.onlyDelays() ? Level.INFO : Level.WARN)
                    .log("{} (key {}; {} times so far, further ones are counted)", what.get(), limit.key(), count);
        }
    }

    private Bites of(Limit limit) {
        return Objects.requireNonNull(bites.get(limit), "limit");
    }

    /** How often a limit bit since the start. */
    long count(Limit limit) {
        return of(limit).count.get();
    }

    /** How often a limit was spoken of since the start. */
    long spoken(Limit limit) {
        return of(limit).spoken.get();
    }

    /** All counts by the name monitoring knows them by, in a fixed order. */
    Map<String, Long> counts() {
        Map<String, Long> byName = new LinkedHashMap<>();
        bites.forEach((limit, each) -> byName.put(limit.counter(), each.count.get()));
        return byName;
    }
}
