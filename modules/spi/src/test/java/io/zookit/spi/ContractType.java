package io.zookit.spi;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;

/**
 * A type of the contracts, as text.
 *
 * @param name its full name
 * @param head what it is, extends, implements and permits
 * @param lines its members, one a line
 */
record ContractType(String name, String head, SortedSet<String> lines) {
    private boolean isInterface() {
        return head.startsWith("interface ");
    }

    /** What a plugin that was made for an earlier form of this type would stumble over, in words. */
    List<String> breaks(ContractType earlier) {
        List<String> breaks = new ArrayList<>();
        if (!head.equals(earlier.head)) {
            breaks.add("is \"" + head + "\", was \"" + earlier.head + "\"");
        }
        for (String line : earlier.lines) {
            boolean madeOptional = isInterface() && lines.contains(line.replaceFirst("^abstract ", "default "));
            if (!lines.contains(line) && !madeOptional) {
                breaks.add("has no longer \"" + line + "\"");
            }
        }
        for (String line : additions(earlier)) {
            if (line.startsWith("abstract ") || line.startsWith("protected abstract ")) {
                breaks.add("asks for \"" + line + "\", which no plugin has yet");
            } else if (line.startsWith("constant ")) {
                breaks.add("has a new \"" + line + "\", for which a switch in a plugin has no branch");
            }
        }
        return breaks.stream().map(line -> name + " " + line).toList();
    }

    /** The lines that an earlier form of this type does not have. */
    List<String> additions(ContractType earlier) {
        return lines.stream().filter(line -> !earlier.lines.contains(line)).toList();
    }
}
