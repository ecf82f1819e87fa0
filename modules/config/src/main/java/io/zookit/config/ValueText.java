package io.zookit.config;

import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** How values are written as text: the same rules, and the same words of refusal, for the server's keys and for plugins' settings. */
public final class ValueText {
    private ValueText() {}

    /** Reads a whole number, decimal or hexadecimal with {@code 0x}; empty when it is none or does not fit in 64 bits. */
    public static OptionalLong number(String text) {
        boolean negative = text.startsWith("-");
        String digits = negative ? text.substring(1) : text;
        boolean hexadecimal = digits.startsWith("0x") || digits.startsWith("0X");
        String sign = negative ? "-" : "";
        try {
            return OptionalLong.of(
                    hexadecimal ? Long.parseLong(sign + digits.substring(2), 16) : Long.parseLong(sign + digits));
        } catch (NumberFormatException notANumber) {
            return OptionalLong.empty();
        }
    }

    /** Reads a number with or without a fraction, such as {@code 0.02}; empty when it is none, or not a finite one. */
    public static OptionalDouble decimal(String text) {
        try {
            double value = Double.parseDouble(text);
            return Double.isFinite(value) ? OptionalDouble.of(value) : OptionalDouble.empty();
        } catch (NumberFormatException notANumber) {
            return OptionalDouble.empty();
        }
    }

    /** Reads a switch: {@code true}, {@code yes}, {@code on} or {@code false}, {@code no}, {@code off}, in any case of letters. */
    public static Optional<Boolean> flag(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true", "yes", "on" -> Optional.of(true);
            case "false", "no", "off" -> Optional.of(false);
            default -> Optional.empty();
        };
    }

    /**
     * Says which numbers would have been right, as the end of a message.
     *
     * @param min the least
     * @param max the greatest; the greatest of 31 or 63 bits counts as no limit
     * @param unit the unit, or empty
     */
    public static String expectedNumber(long min, long max, String unit) {
        boolean anyLarge = max == Integer.MAX_VALUE || max >= Long.MAX_VALUE / 1024;
        boolean anySmall = min <= Integer.MIN_VALUE;
        String range;
        if (min == max) {
            range = Long.toString(min);
        } else if (anyLarge) {
            range = anySmall ? "a whole number" : "a whole number, at least " + min;
        } else {
            range = "a whole number from " + min + " to " + max;
        }
        return "expected " + range + (unit.isEmpty() || unit.equals("port") ? "." : " (" + unit + ").");
    }

    /** Says which switches would have been right, as the end of a message. */
    public static String expectedFlag() {
        return "expected true or false.";
    }
}
