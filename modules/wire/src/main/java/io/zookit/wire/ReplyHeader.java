package io.zookit.wire;

import io.zookit.model.ErrorCode;

/** The 16 bytes before every reply and event: xid, zxid, error (client protocol, record ReplyHeader). */
public final class ReplyHeader {
    /** Bytes of a header. */
    public static final int BYTES = 16;

    private ReplyHeader() {}

    /**
     * Writes a header.
     *
     * @param xid the client's number of the request, or one of {@link Xid}
     * @param zxid the last zxid applied, or the one the protocol prescribes for this reply
     * @param error {@link ErrorCode#OK} when a body follows; an error reply ends here
     */
    public static void write(JuteWriter writer, int xid, long zxid, ErrorCode error) {
        writer.writeInt(xid);
        writer.writeLong(zxid);
        writer.writeInt(error.code());
    }
}
