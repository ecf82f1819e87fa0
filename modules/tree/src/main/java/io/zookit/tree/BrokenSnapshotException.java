package io.zookit.tree;

/** A snapshot cannot be a tree: it has another snapshot's place to be loaded instead. */
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
