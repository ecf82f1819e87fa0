package io.zookit.watch;

/**
 * How a watcher is registered at a path. A watcher may have every mode at one path, each added and removed without touching the
 * others.
 *
 * <p>The client protocol speaks of two tables, of data and of child watches. We keep the modes apart instead and derive the tables
 * from them, because that is what makes "fire and forget the one-shot ones" the dropping of one set.
 */
enum WatchMode {
    /** One-shot, by exists and getData. */
    DATA(true, false),
    /** One-shot, by getChildren. */
    CHILD(false, true),
    /** Stays, by addWatch. */
    PERSISTENT(true, true),
    /** Stays and covers descendants; hears of data events only, so it never sees "children changed". */
    RECURSIVE(true, false);

    /** Whether it hears of creation, deletion and new data. */
    final boolean inDataTable;
    /** Whether it hears of new children, and of deletion. */
    final boolean inChildTable;

    WatchMode(boolean inDataTable, boolean inChildTable) {
        this.inDataTable = inDataTable;
        this.inChildTable = inChildTable;
    }
}
