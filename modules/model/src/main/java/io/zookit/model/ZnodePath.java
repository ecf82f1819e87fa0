package io.zookit.model;

import org.jspecify.annotations.Nullable;

/**
 * Rules and arithmetic of znode paths. A path is a plain {@link String}: {@code /} for the root, else {@code /} before each
 * component and none at the end.
 */
public final class ZnodePath {
    /** The root of the tree. */
    public static final String ROOT = "/";
    /** Home of the server's own znodes. */
    public static final String ZOOKEEPER = "/zookeeper";
    /** Home of quota limits and statistics. */
    public static final String QUOTA = "/zookeeper/quota";
    /** The znode that holds the ensemble's configuration text. */
    public static final String CONFIG = "/zookeeper/config";

    private ZnodePath() {}

    /**
     * Checks a complete path.
     *
     * @param path what the client sent; {@code null} when it sent none
     * @return {@code null} when the path is legal, else one clause that says what is wrong and where
     */
    public static @Nullable String problem(@Nullable String path) {
        if (path == null) {
            return "the path is missing";
        }
        if (path.isEmpty() || path.charAt(0) != '/') {
            return "the path does not start with /";
        }
        int length = path.length();
        if (length == 1) {
            return null;
        }
        if (path.charAt(length - 1) == '/') {
            return "the path ends with /";
        }
        int componentStart = 1;
        for (int i = 1; i <= length; i++) {
            char c = i == length ? '/' : path.charAt(i);
            if (c == '/') {
                String problem = componentProblem(path, componentStart, i);
                if (problem != null) {
                    return problem;
                }
                componentStart = i + 1;
            } else if (isForbidden(c)) {
                return String.format("character U+%04X at position %d is not allowed", (int) c, i);
            }
        }
        return null;
    }

    private static @Nullable String componentProblem(String path, int start, int end) {
        int length = end - start;
        if (length == 0) {
            return "empty component at position " + start;
        }
        boolean dots = path.charAt(start) == '.' && (length == 1 || (length == 2 && path.charAt(start + 1) == '.'));
        return dots ? "relative component at position " + start : null;
    }

    private static boolean isForbidden(char c) {
        return c <= '\u001f' || (c >= '\u007f' && c <= '\u009f') || (c >= '\ud800' && c <= '\uf8ff') || c >= '\ufff0';
    }

    /** The parent of a legal path other than the root. */
    public static String parent(String path) {
        int slash = path.lastIndexOf('/');
        return slash == 0 ? ROOT : path.substring(0, slash);
    }

    /** The last component of a legal path; empty for the root. */
    public static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /** The path of the child called {@code name} under {@code parent}. */
    public static String child(String parent, String name) {
        return parent.length() == 1 ? ROOT + name : parent + '/' + name;
    }

    /** Whether {@code path} is one of the znodes that exist in every tree and may not be deleted (the root included). */
    public static boolean isReserved(String path) {
        return path.equals(ROOT) || path.equals(ZOOKEEPER) || path.equals(QUOTA) || path.equals(CONFIG);
    }
}
