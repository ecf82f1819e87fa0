package io.zookit.storage.files;

/** What an operator can do about damage; the end of the messages that report it. */
final class Remedies {
    static final String LOG =
            "nothing was changed. In an ensemble, move this server's data and log directories away and start it"
                    + " again: it gets everything from the others. Alone, restore the file from a backup, or move away this and all"
                    + " newer log files, which loses their transactions";

    static final String SNAPSHOT =
            "an older snapshot and the log replace it if they are complete; otherwise restore the file from a backup";

    static final String VALUE =
            "restore the file from a backup; in an ensemble, move this server's data and log directories"
                    + " away and start it again: it gets everything from the others";

    private Remedies() {}
}
