package io.zookit.config;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** The values of the keys the server itself uses: checked once, then only looked up. */
final class Values {
    private final Map<String, Long> numbers = new HashMap<>();
    private final Map<String, Double> decimals = new HashMap<>();
    private final Map<String, Boolean> flags = new HashMap<>();

    /**
     * Reads all values of the server's own keys. A value that cannot be used is reported and its default stands in for it, so
     * that the reading can go on and find the next problem.
     */
    Values(Map<String, ConfigEntry> entries, List<Problem> problems) {
        for (List<Key> group : KeyCatalogue.groups().values()) {
            for (Key key : group) {
                if (key.effect() == Effect.SERVER
                        && !key.isPattern()
                        && !key.defaultValue().isEmpty()) {
                    put(key, key.defaultValue());
                }
            }
        }
        for (ConfigEntry entry : entries.values()) {
            KeyCatalogue.find(entry.key())
                    .filter(key -> key.effect() == Effect.SERVER && !key.isPattern())
                    .filter(key -> !put(key, entry.value()))
                    .ifPresent(key -> problems.add(Problem.error(entry, expected(key.form()))));
        }
    }

    /** The value of a number key, or {@code fallback} when it has no default and nobody wrote it. */
    long number(String key, long fallback) {
        return numbers.getOrDefault(key, fallback);
    }

    /** The value of a number key with a default. */
    long number(String key) {
        Long value = numbers.get(key);
        if (value == null) {
            throw new IllegalStateException("no number key with a default: " + key);
        }
        return value;
    }

    /** The value of a key for a number with a fraction. */
    double decimal(String key) {
        Double value = decimals.get(key);
        if (value == null) {
            throw new IllegalStateException("no decimal key with a default: " + key);
        }
        return value;
    }

    /** The value of a switch. */
    boolean flag(String key) {
        Boolean value = flags.get(key);
        if (value == null) {
            throw new IllegalStateException("no switch with a default: " + key);
        }
        return value;
    }

    private boolean put(Key key, String text) {
        return switch (key.form().kind()) {
            case NUMBER -> putNumber(key, ValueText.number(text));
            case SWITCH ->
                ValueText.flag(text)
                        .map(value -> {
                            flags.put(key.name(), value);
                            return true;
                        })
                        .orElse(false);
            case DECIMAL -> putDecimal(key, ValueText.decimal(text));
            case TEXT -> true;
        };
    }

    private boolean putNumber(Key key, OptionalLong value) {
        ValueForm form = key.form();
        if (value.isEmpty() || value.getAsLong() < form.min() || value.getAsLong() > form.max()) {
            return false;
        }
        numbers.put(key.name(), value.getAsLong());
        return true;
    }

    private boolean putDecimal(Key key, OptionalDouble value) {
        ValueForm form = key.form();
        if (value.isEmpty() || value.getAsDouble() < form.min() || value.getAsDouble() > form.max()) {
            return false;
        }
        decimals.put(key.name(), value.getAsDouble());
        return true;
    }

    private static String expected(ValueForm form) {
        return switch (form.kind()) {
            case SWITCH -> ValueText.expectedFlag();
            case DECIMAL -> "expected a number from " + form.min() + " to " + form.max() + ".";
            case NUMBER, TEXT -> ValueText.expectedNumber(form.min(), form.max(), form.unit());
        };
    }
}
