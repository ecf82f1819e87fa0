package io.zookit.wire;

/** The request numbers with a meaning of their own (client protocol, special xids). Clients count ordinary requests from 1. */
public final class Xid {
    /** A watch event, from server to client. */
    public static final int NOTIFICATION = -1;
    /** A ping; its reply bears this number whatever the client wrote. */
    public static final int PING = -2;
    /** An auth packet. */
    public static final int AUTH = -4;
    /** A setWatches request after a reconnect. */
    public static final int SET_WATCHES = -8;

    private Xid() {}
}
