package io.zookit.config;

/**
 * What the value of a key looks like.
 *
 * @param kind the kind of value
 * @param min the least number, for numbers
 * @param max the greatest number, for numbers
 * @param unit the unit of a number, or what a text holds; may be empty
 */
public record ValueForm(Kind kind, long min, long max, String unit) {
    /** The kinds of value. */
    public enum Kind {
        /** A whole number, decimal or with the prefix {@code 0x}. */
        NUMBER,
        /** A number with a fraction. */
        DECIMAL,
        /** {@code true}, {@code yes}, {@code on} or {@code false}, {@code no}, {@code off}. */
        SWITCH,
        /** Any text. */
        TEXT
    }

    static final ValueForm SWITCH = new ValueForm(Kind.SWITCH, 0, 0, "");
    static final ValueForm PORT = number(0, 65535, "port");
    static final ValueForm COUNT = number(-1, Integer.MAX_VALUE, "");
    static final ValueForm ANY_COUNT = number(Integer.MIN_VALUE, Integer.MAX_VALUE, "");
    static final ValueForm MILLIS = number(-1, Integer.MAX_VALUE, "ms");
    static final ValueForm TICKS = number(0, Integer.MAX_VALUE, "ticks");
    static final ValueForm BYTES = number(-1, Long.MAX_VALUE, "bytes");
    static final ValueForm DECIMAL = new ValueForm(Kind.DECIMAL, 0, Long.MAX_VALUE, "");
    static final ValueForm PART = new ValueForm(Kind.DECIMAL, 0, 1, "");
    static final ValueForm PATH = text("path");
    static final ValueForm ADDRESS = text("host name or address");
    static final ValueForm CLASS = text("class name");
    static final ValueForm TEXT = text("");

    static ValueForm number(long min, long max, String unit) {
        return new ValueForm(Kind.NUMBER, min, max, unit);
    }

    static ValueForm text(String unit) {
        return new ValueForm(Kind.TEXT, 0, 0, unit);
    }
}
