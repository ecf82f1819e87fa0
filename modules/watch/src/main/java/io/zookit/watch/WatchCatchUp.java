package io.zookit.watch;

import java.util.Optional;

/**
 * What happens to a watch that a client brings along to a new connection (client protocol, setWatches and setWatches2): either it
 * fired while the client was away, or it is registered again. To be done in one step with respect to changes of the tree, else an
 * event is lost or comes twice. No ACL is checked for these events.
 */
public enum WatchCatchUp {
    /** Set by getData, or by exists on a znode that was there. */
    DATA,
    /** Set by exists on a znode that was not there. */
    EXIST,
    /** Set by getChildren. */
    CHILD,
    /** Set by addWatch; does not replay what it missed. */
    PERSISTENT,
    /** Set by addWatch, covers descendants; does not replay what it missed. */
    PERSISTENT_RECURSIVE;

    /**
     * The event that the client missed.
     *
     * <p>A znode that was created and deleted again while the client was away leaves no trace: that event is lost, as the protocol
     * has it.
     *
     * @param exists whether there is a znode at the path now
     * @param mzxid its zxid of the last change of data; of no meaning without a znode
     * @param pzxid its zxid of the last change of children; of no meaning without a znode
     * @param relativeZxid the last zxid the client had seen
     * @return the event to send at once, or empty when the watch is to be registered again
     */
    public Optional<WatchEventType> missed(boolean exists, long mzxid, long pzxid, long relativeZxid) {
        return switch (this) {
            case DATA ->
                exists
                        ? when(mzxid > relativeZxid, WatchEventType.NODE_DATA_CHANGED)
                        : Optional.of(WatchEventType.NODE_DELETED);
            case EXIST -> when(exists, WatchEventType.NODE_CREATED);
            case CHILD ->
                exists
                        ? when(pzxid > relativeZxid, WatchEventType.NODE_CHILDREN_CHANGED)
                        : Optional.of(WatchEventType.NODE_DELETED);
            case PERSISTENT, PERSISTENT_RECURSIVE -> Optional.empty();
        };
    }

    private static Optional<WatchEventType> when(boolean holds, WatchEventType type) {
        return holds ? Optional.of(type) : Optional.empty();
    }

    /** Registers such a watch; false when the watcher had it. */
    public <W> boolean register(WatchTable<W> table, String path, W watcher) {
        return switch (this) {
            case DATA, EXIST -> table.addData(path, watcher);
            case CHILD -> table.addChild(path, watcher);
            case PERSISTENT -> table.addPersistent(path, watcher, false);
            case PERSISTENT_RECURSIVE -> table.addPersistent(path, watcher, true);
        };
    }
}
