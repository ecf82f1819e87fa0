package io.zookit.watch;

/** What happened to a znode, with the number that travels in a watch event (client protocol, watches). */
public enum WatchEventType {
    /** The znode was created. */
    NODE_CREATED(1),
    /** The znode was deleted. */
    NODE_DELETED(2),
    /** The data of the znode was set. */
    NODE_DATA_CHANGED(3),
    /** A child of the znode was created or deleted. */
    NODE_CHILDREN_CHANGED(4);

    private final int code;

    WatchEventType(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }
}
