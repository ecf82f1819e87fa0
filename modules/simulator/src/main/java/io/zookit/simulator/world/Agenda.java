package io.zookit.simulator.world;

import io.zookit.model.Check;
import java.util.PriorityQueue;

/** What will happen, in the order of its time; at the same microsecond, in the order in which it was entered. Its clock is the true time. */
public final class Agenda {
    private final PriorityQueue<Entry> entries = new PriorityQueue<>(256);
    private long nowMicros;
    private long nextNumber;

    /** An empty agenda at time 0. */
    public Agenda() {}

    /** What happens at some time. */
    @FunctionalInterface
    public interface Happening {
        /** It happens. */
        void happen();
    }

    /** The true time, microseconds since the beginning. */
    public long nowMicros() {
        return nowMicros;
    }

    /**
     * Enters something.
     *
     * @param micros how long from now, 0 or more
     */
    public void in(long micros, Happening happening) {
        Check.state(micros >= 0, "nothing happens in the past");
        entries.add(new Entry(nowMicros + micros, nextNumber++, happening));
    }

    /** Enters something at a time; at once when that has passed. */
    public void at(long timeMicros, Happening happening) {
        in(Math.max(0, timeMicros - nowMicros), happening);
    }

    /**
     * Lets the next thing happen.
     *
     * @return false when there is nothing more
     */
    public boolean step() {
        Entry entry = entries.poll();
        if (entry == null) {
            return false;
        }
        nowMicros = entry.timeMicros;
        entry.happening.happen();
        return true;
    }

    private record Entry(long timeMicros, long number, Happening happening) implements Comparable<Entry> {
        @Override
        public int compareTo(Entry other) {
            int byTime = Long.compare(timeMicros, other.timeMicros);
            return byTime != 0 ? byTime : Long.compare(number, other.number);
        }
    }
}
