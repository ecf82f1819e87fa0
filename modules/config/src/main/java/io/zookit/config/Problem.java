package io.zookit.config;

import java.util.List;

/**
 * Something an operator should know about the configuration: what, where, and what to do about it.
 *
 * @param severity what follows from it
 * @param message one line
 */
public record Problem(Severity severity, String message) {
    /** What follows from a problem. */
    public enum Severity {
        /** The server does not start. */
        ERROR,
        /** The server starts, but probably not as it was meant. */
        WARNING,
        /** A fact worth one line in the log. */
        NOTE
    }

    /** A problem that stops the start. */
    public static Problem error(String message) {
        return new Problem(Severity.ERROR, message);
    }

    /** A problem with one entry that stops the start: {@code zoo.cfg:14 key=value: <what>}. */
    public static Problem error(ConfigEntry entry, String what) {
        return error(entry.shown() + ": " + what);
    }

    /** A problem the server can live with. */
    public static Problem warning(String message) {
        return new Problem(Severity.WARNING, message);
    }

    /** A problem with one entry the server can live with. */
    public static Problem warning(ConfigEntry entry, String what) {
        return warning(entry.shown() + ": " + what);
    }

    /** A fact about one entry. */
    public static Problem note(ConfigEntry entry, String what) {
        return new Problem(Severity.NOTE, entry.shown() + ": " + what);
    }

    /** Whether this problem stops the start. */
    public boolean isError() {
        return severity == Severity.ERROR;
    }

    /** The messages of the errors among some problems, in their order. */
    public static List<String> errorsOf(List<Problem> problems) {
        return problems.stream().filter(Problem::isError).map(Problem::message).toList();
    }
}
