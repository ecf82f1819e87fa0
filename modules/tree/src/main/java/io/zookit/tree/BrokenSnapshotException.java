package io.zookit.tree;

/** What was loaded is no tree, so the snapshot is damaged: another one has to be loaded instead. */
public final class BrokenSnapshotException extends RuntimeException {
    private static final long serialVersionUID = 1;

    /**
     * A broken snapshot.
     *
     * @param message what is wrong with which znode, and what to do
     */
    public BrokenSnapshotException(String message) {
        super(message);
    }
}
