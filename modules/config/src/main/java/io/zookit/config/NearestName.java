package io.zookit.config;

import java.util.Collection;
import java.util.Locale;
import java.util.Optional;

/** Finds the name somebody probably meant. */
public final class NearestName {
    private NearestName() {}

    /**
     * The known name that is nearest to a written one, if any is near enough: at most one slip for each four letters, and at
     * least two. A slip is a letter too many, too few, wrong, or two letters swapped; capitals do not count as slips.
     *
     * @param written what somebody wrote
     * @param known the names there are
     */
    public static Optional<String> of(String written, Collection<String> known) {
        int slipsMax = Math.max(2, written.length() / 4);
        String nearest = null;
        int slips = slipsMax + 1;
        for (String name : known) {
            if (Math.abs(name.length() - written.length()) < slips) {
                int distance = distance(written.toLowerCase(Locale.ROOT), name.toLowerCase(Locale.ROOT));
                // The order of names decides between equals, so that a message is the same on each start.
                if (distance < slips || (distance == slips && nearest != null && name.compareTo(nearest) < 0)) {
                    nearest = name;
                    slips = distance;
                }
            }
        }
        return Optional.ofNullable(nearest);
    }

    /** A sentence to end a message with: {@code " Did you mean x?"}, or nothing when no known name is near. */
    public static String question(String written, Collection<String> known) {
        return of(written, known).map(name -> " Did you mean " + name + "?").orElse("");
    }

    private static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = new int[b.length() + 1];
        for (int j = 0; j <= b.length(); j++) {
            last[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int wrong = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                row[j] = Math.min(Math.min(last[j] + 1, row[j - 1] + 1), last[j - 1] + wrong);
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = row;
        }
        return last[b.length()];
    }
}
