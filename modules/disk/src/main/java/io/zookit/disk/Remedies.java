package io.zookit.disk;

/** What an operator can do about damage; the end of the messages that report it. */
public final class Remedies {
    /** For a damaged log. */
    public static final String LOG =
            "nothing was changed. In an ensemble, move this server's data and log directories away and start it"
                    + " again: it gets everything from the others. Alone, restore the file from a backup, or move away this and all"
                    + " newer log files, which loses their transactions";

    /** For a damaged snapshot. */
    public static final String SNAPSHOT =
            "an older snapshot and the log replace it if they are complete; otherwise restore the file from a backup";

    /** For a damaged value. */
    public static final String VALUE =
            "restore the file from a backup; in an ensemble, move this server's data and log directories"
                    + " away and start it again: it gets everything from the others";

    private Remedies() {}
}
