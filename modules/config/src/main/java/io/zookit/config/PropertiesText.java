package io.zookit.config;

import java.util.ArrayList;
import java.util.List;

/**
 * The syntax of {@code zoo.cfg}, which is that of {@link java.util.Properties}: comments with {@code #} or {@code !}, keys ended
 * by {@code =}, {@code :} or a blank, lines continued by a backslash, escapes. Unlike the JDK's reader this one remembers lines.
 */
final class PropertiesText {
    private final String file;
    private final List<Problem> problems;
    private final List<ConfigEntry> entries = new ArrayList<>();

    private PropertiesText(String file, List<Problem> problems) {
        this.file = file;
        this.problems = problems;
    }

    /**
     * Reads a text.
     *
     * @param file the name for messages
     * @param text all of it
     * @param problems where malformed lines are reported
     * @return the entries in the order of the file, duplicates included; keys and values without blanks around them, as servers
     *     trim them
     */
    static List<ConfigEntry> read(String file, String text, List<Problem> problems) {
        PropertiesText reader = new PropertiesText(file, problems);
        reader.readLines(text.split("\r\n|\r|\n", -1));
        return reader.entries;
    }

    private void readLines(String[] lines) {
        int next = 0;
        while (next < lines.length) {
            int first = next;
            String line = withoutLeadingBlanks(lines[next++]);
            if (line.isEmpty() || line.charAt(0) == '#' || line.charAt(0) == '!') {
                continue;
            }
            StringBuilder logical = new StringBuilder(line);
            // A comment cannot be continued, and within a continuation # is a letter like any other.
            while (endsWithOddBackslashes(logical)) {
                logical.setLength(logical.length() - 1);
                // Nothing but a backslash begins nothing: the next line may still be a comment.
                if (next == lines.length || logical.length() == 0) {
                    break;
                }
                logical.append(withoutLeadingBlanks(lines[next++]));
            }
            if (logical.length() > 0) {
                readEntry(logical.toString(), first + 1);
            }
        }
    }

    private void readEntry(String line, int number) {
        int keyEnd = 0;
        while (keyEnd < line.length() && !endsKey(line.charAt(keyEnd))) {
            keyEnd += line.charAt(keyEnd) == '\\' ? 2 : 1;
        }
        keyEnd = Math.min(keyEnd, line.length());
        int valueStart = keyEnd;
        boolean separatorSeen = false;
        while (valueStart < line.length()) {
            char c = line.charAt(valueStart);
            if (!isBlank(c)) {
                if (separatorSeen || (c != '=' && c != ':')) {
                    break;
                }
                separatorSeen = true;
            }
            valueStart++;
        }
        try {
            String key = unescaped(line.substring(0, keyEnd)).trim();
            String value = unescaped(line.substring(valueStart)).trim();
            entries.add(new ConfigEntry(key, value, new Origin.FileLine(file, number)));
        } catch (IllegalArgumentException malformed) {
            problems.add(Problem.error(file + ":" + number + ": " + malformed.getMessage()));
        }
    }

    private static String unescaped(String text) {
        StringBuilder plain = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c != '\\' || i + 1 == text.length()) {
                if (c != '\\') {
                    plain.append(c);
                }
                continue;
            }
            char escaped = text.charAt(++i);
            if (escaped == 'u') {
                plain.append(unicode(text, i + 1));
                i += 4;
            } else {
                plain.append(plainOf(escaped));
            }
        }
        return plain.toString();
    }

    private static char plainOf(char escaped) {
        return switch (escaped) {
            case 't' -> '\t';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 'f' -> '\f';
            default -> escaped;
        };
    }

    private static char unicode(String text, int start) {
        int code = 0;
        for (int i = start; i < start + 4; i++) {
            int digit = i < text.length() && text.charAt(i) < 128 ? Character.digit(text.charAt(i), 16) : -1;
            if (digit < 0) {
                throw new IllegalArgumentException(
                        "\\u is not followed by four hexadecimal digits. Write a backslash as \\\\.");
            }
            code = code * 16 + digit;
        }
        return (char) code;
    }

    private static boolean endsKey(char c) {
        return c == '=' || c == ':' || isBlank(c);
    }

    private static boolean isBlank(char c) {
        return c == ' ' || c == '\t' || c == '\f';
    }

    private static boolean endsWithOddBackslashes(CharSequence text) {
        int count = 0;
        while (count < text.length() && text.charAt(text.length() - 1 - count) == '\\') {
            count++;
        }
        return count % 2 == 1;
    }

    private static String withoutLeadingBlanks(String line) {
        int start = 0;
        while (start < line.length() && isBlank(line.charAt(start))) {
            start++;
        }
        return line.substring(start);
    }
}
