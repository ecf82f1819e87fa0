package io.zookit.simulator.world;

/**
 * The clock of one machine: it goes a little too fast or too slow, and its time of day can jump. The monotonic time never goes back.
 */
public final class SkewedClock {
    private static final long MILLION = 1_000_000;

    private final Agenda agenda;
    private final long skewPpm;
    private long jumpMillis;

    /**
     * A clock.
     *
     * @param skewPpm how much too fast, in millionths; negative for too slow
     * @param offsetMillis how far the time of day is off
     */
    public SkewedClock(Agenda agenda, long skewPpm, long offsetMillis) {
        this.agenda = agenda;
        this.skewPpm = skewPpm;
        jumpMillis = offsetMillis;
    }

    /** Milliseconds since some moment, never less than before. */
    public long monotonicMillis() {
        long micros = agenda.nowMicros();
        return (micros + micros / MILLION * skewPpm) / 1000;
    }

    /** Time of day, milliseconds; may jump. */
    public long wallMillis() {
        return 1_700_000_000_000L + monotonicMillis() + jumpMillis;
    }

    /** Somebody sets the time of day. */
    public void jump(long millis) {
        jumpMillis += millis;
    }
}
