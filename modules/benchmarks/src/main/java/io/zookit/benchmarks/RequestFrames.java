package io.zookit.benchmarks;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Encodes whole request frames, length first (client protocol); what the driver sends again and again is a copy of one of these. */
final class RequestFrames {
    /** Where the xid of a frame is. */
    static final int XID_OFFSET = 4;

    /** Where the path of every frame begins. */
    static final int PATH_OFFSET = 16;

    private static final int PASSWORD_BYTES = 16;
    private static final int ALL_PERMISSIONS = 31;
    private static final int ANY_VERSION = -1;
    private static final int CLOSE_SESSION = -11;
    private static final int PING = 11;
    private static final int PING_XID = -2;
    private static final int ROOM_BESIDE_VALUE = 512;

    private RequestFrames() {}

    /** Asks for a new session. */
    static ByteBuffer connect(int timeoutMillis) {
        ByteBuffer frame = ByteBuffer.allocate(64).position(4);
        int protocolVersion = 0;
        long lastZxidSeen = 0;
        long newSession = 0;
        frame.putInt(protocolVersion)
                .putLong(lastZxidSeen)
                .putInt(timeoutMillis)
                .putLong(newSession);
        byte readOnlyWillDo = 0;
        return seal(frame.putInt(PASSWORD_BYTES).put(new byte[PASSWORD_BYTES]).put(readOnlyWillDo));
    }

    static ByteBuffer closeSession(int xid) {
        return seal(ByteBuffer.allocate(16).position(4).putInt(xid).putInt(CLOSE_SESSION));
    }

    /** One request; what it writes are letters, {@code valueBytes} of them. */
    static ByteBuffer of(Workload workload, int xid, String path, int valueBytes) {
        ByteBuffer frame = ByteBuffer.allocate(valueBytes + ROOM_BESIDE_VALUE).position(4);
        putText(frame.putInt(xid).putInt(workload.operation()), path);
        switch (workload) {
            case GET, EXISTS -> {
                byte noWatch = 0;
                frame.put(noWatch);
            }
            case SET -> putValue(frame, valueBytes).putInt(ANY_VERSION);
            case DELETE -> frame.putInt(ANY_VERSION);
            case CREATE -> {
                int entries = 1;
                int persistent = 0;
                putValue(frame, valueBytes).putInt(entries).putInt(ALL_PERMISSIONS);
                putText(putText(frame, "world"), "anyone").putInt(persistent);
            }
            case MIXED -> throw new IllegalArgumentException("no single request is mixed");
        }
        return seal(frame);
    }

    /** Reads a znode and watches it. */
    static ByteBuffer getAndWatch(int xid, String path) {
        byte watch = 1;
        ByteBuffer frame = ByteBuffer.allocate(ROOM_BESIDE_VALUE).position(4);
        return seal(putText(frame.putInt(xid).putInt(Workload.GET.operation()), path)
                .put(watch));
    }

    static ByteBuffer ping() {
        return seal(ByteBuffer.allocate(16).position(4).putInt(PING_XID).putInt(PING));
    }

    private static ByteBuffer putText(ByteBuffer frame, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        return frame.putInt(bytes.length).put(bytes);
    }

    private static ByteBuffer putValue(ByteBuffer frame, int valueBytes) {
        frame.putInt(valueBytes);
        for (int index = 0; index < valueBytes; index++) {
            frame.put((byte) ('a' + index % 26));
        }
        return frame;
    }

    private static ByteBuffer seal(ByteBuffer frame) {
        frame.flip();
        return frame.putInt(0, frame.limit() - 4);
    }
}
