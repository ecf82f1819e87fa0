package io.zookit.pipeline.words;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/** How the words write what several of them show. */
final class TextForms {
    private static final double DECIMALS = 10_000;
    /** The year and not the week-based one; the zone by its name of the season. */
    private static final DateTimeFormatter DATE =
            DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss zzz yyyy", Locale.US);

    private TextForms() {}

    /** A session as everybody writes it. */
    static String session(long id) {
        return "0x" + Long.toHexString(id);
    }

    /** A number with up to four decimals, and at least one. */
    static String decimal(double value) {
        return Double.toString(Math.round(value * DECIMALS) / DECIMALS);
    }

    /** A metric: whole, or a decimal. */
    static String number(Number value) {
        return value instanceof Double decimal ? decimal(decimal) : value.toString();
    }

    /** A time since 1970 in the time zone of the machine. */
    static String date(long wallMillis) {
        return DATE.format(Instant.ofEpochMilli(wallMillis).atZone(ZoneId.systemDefault()));
    }

    /** Lines {@code name=value}. */
    static Stream<String> lines(Map<String, String> values) {
        return values.entrySet().stream().map(entry -> entry.getKey() + "=" + entry.getValue() + "\n");
    }
}
