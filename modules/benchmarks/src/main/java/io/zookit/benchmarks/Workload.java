package io.zookit.benchmarks;

/** One kind of request the driver sends: its operation code, and how long the body of a good reply is (client protocol). */
public enum Workload {
    /** Reads the data of a znode. */
    GET(4),

    /** Replaces the data of a znode, whatever its version. */
    SET(5),

    /** Makes a persistent znode under a path nobody used before. */
    CREATE(1),

    /** Asks for the stat of a znode. */
    EXISTS(3),

    /** Reads nine times out of ten, and sets once. */
    MIXED(0),

    /** Removes what {@link #CREATE} made: the driver cleans up with it. */
    DELETE(2);

    private static final int STAT_BYTES = 68;
    private static final int MIXED_PERIOD = 10;

    private final int operation;

    Workload(int operation) {
        this.operation = operation;
    }

    int operation() {
        return operation;
    }

    /** Whether each request names a path of its own; the others go round and round over the same znodes. */
    boolean needsFreshPaths() {
        return this == CREATE || this == DELETE;
    }

    /** After how many requests the kinds of them repeat. */
    int period() {
        return this == MIXED ? MIXED_PERIOD : 1;
    }

    /** What the request of a number is; this, unless it is mixed. */
    Workload at(int number) {
        if (this != MIXED) {
            return this;
        }
        return number % MIXED_PERIOD == MIXED_PERIOD - 1 ? SET : GET;
    }

    /** Bytes after the header of a good reply. */
    int replyBodyBytes(int valueBytes) {
        return switch (this) {
            case GET -> 4 + valueBytes + STAT_BYTES;
            case SET, EXISTS -> STAT_BYTES;
            case CREATE -> 4 + LoadPaths.ZNODE_BYTES;
            case DELETE -> 0;
            case MIXED -> throw new IllegalArgumentException("each of the mixed requests has its own reply");
        };
    }
}
