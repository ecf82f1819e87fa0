package io.zookit.watch;

import java.util.Optional;

/** Which watches of a path a checkWatches or removeWatches request means (client protocol, operations 17 and 18). */
public enum WatcherType {
    /** The one-shot child watch. */
    CHILDREN(1),
    /** The one-shot data watch. */
    DATA(2),
    /** Every watch, the persistent ones included. */
    ANY(3),
    /** The persistent watch. */
    PERSISTENT(4),
    /** The persistent watch that covers descendants too. */
    PERSISTENT_RECURSIVE(5);

    private final int code;

    WatcherType(int code) {
        this.code = code;
    }

    /** The number on the wire. */
    public int code() {
        return code;
    }

    /** The type with this number; empty when there is none, which a request answers with {@code BAD_ARGUMENTS}. */
    public static Optional<WatcherType> of(int code) {
        for (WatcherType type : values()) {
            if (type.code == code) {
                return Optional.of(type);
            }
        }
        return Optional.empty();
    }
}
