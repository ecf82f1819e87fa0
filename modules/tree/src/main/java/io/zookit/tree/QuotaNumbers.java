package io.zookit.tree;

import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The numbers in one of the two znodes of a quota: what is allowed, or what is used. As text {@code count=4,bytes=5}, followed by
 * {@code =;byteHardLimit=9;countHardLimit=9} and whatever else there is; every number that is missing is -1.
 *
 * @param count znodes
 * @param bytes bytes of data
 * @param others further numbers by name
 */
public record QuotaNumbers(long count, long bytes, SortedMap<String, Long> others) {
    /** Nothing said. */
    public static final long NONE = -1;

    private static final String COUNT = "count";
    private static final String BYTES = "bytes";
    private static final String COUNT_HARD_LIMIT = "countHardLimit";
    private static final String BYTE_HARD_LIMIT = "byteHardLimit";

    /** Copies the map. */
    public QuotaNumbers {
        others = Collections.unmodifiableSortedMap(new TreeMap<>(others));
    }

    /** So many znodes and bytes, and nothing else. */
    static QuotaNumbers of(long count, long bytes) {
        return new QuotaNumbers(count, bytes, Collections.emptySortedMap());
    }

    /** The numbers in a znode. What cannot be read as a number counts as missing: anybody may write there who has the permission. */
    static QuotaNumbers of(PendingZnode node) {
        return node.dataLength() <= 0
                ? of(NONE, NONE)
                : parse(new String(node.content(), node.dataOffset(), node.dataLength(), StandardCharsets.UTF_8));
    }

    /**
     * The numbers of a text.
     *
     * @param text parts {@code name=number}, separated by commas or semicolons
     */
    public static QuotaNumbers parse(String text) {
        SortedMap<String, Long> numbers = new TreeMap<>();
        for (String part : text.split("[,;]+", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                int end = part.indexOf('=', equals + 1);
                numbers.put(
                        part.substring(0, equals), number(part.substring(equals + 1, end < 0 ? part.length() : end)));
            }
        }
        Long count = numbers.remove(COUNT);
        Long bytes = numbers.remove(BYTES);
        return new QuotaNumbers(count == null ? NONE : count, bytes == null ? NONE : bytes, numbers);
    }

    private static long number(String digits) {
        try {
            return Long.parseLong(digits);
        } catch (NumberFormatException unreadable) {
            return NONE;
        }
    }

    /** Znodes above which a write fails; -1 for none. */
    public long countHardLimit() {
        return others.getOrDefault(COUNT_HARD_LIMIT, NONE);
    }

    /** Bytes above which a write fails; -1 for none. */
    public long byteHardLimit() {
        return others.getOrDefault(BYTE_HARD_LIMIT, NONE);
    }

    QuotaNumbers plus(long countAdded, long bytesAdded) {
        return new QuotaNumbers(count + countAdded, bytes + bytesAdded, others);
    }

    /** The text, as it is stored: an equals sign ends the part that the oldest readers understand. */
    public String text() {
        StringBuilder text = new StringBuilder()
                .append(COUNT)
                .append('=')
                .append(count)
                .append(',')
                .append(BYTES)
                .append('=')
                .append(bytes);
        if (!others.isEmpty()) {
            text.append('=');
            others.forEach(
                    (name, number) -> text.append(';').append(name).append('=').append(number));
        }
        return text.toString();
    }
}
