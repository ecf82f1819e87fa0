package io.zookit.wire;

/**
 * The answer to a {@link ConnectRequest} (client protocol, record ConnectResponse). It is a frame without a reply header.
 *
 * @param timeoutMillis the negotiated timeout; 0 refuses the session
 * @param sessionId the session, 0 when refused
 * @param password 16 bytes; zeros when refused
 * @param readOnly whether this server has no quorum
 */
public record ConnectResponse(int timeoutMillis, long sessionId, byte[] password, boolean readOnly) {
    /** Bytes of a session password. */
    public static final int PASSWORD_BYTES = 16;

    /** The answer that tells a client its session is gone or not its own. */
    public static ConnectResponse refused() {
        return new ConnectResponse(0, 0, new byte[PASSWORD_BYTES], false);
    }

    /**
     * Writes the whole frame.
     *
     * @param withReadOnly whether the request had a readOnly byte: only then the answer has one
     */
    public void write(JuteWriter writer, boolean withReadOnly) {
        int frame = writer.beginFrame();
        writer.writeInt(0);
        writer.writeInt(timeoutMillis);
        writer.writeLong(sessionId);
        writer.writeBuffer(password);
        if (withReadOnly) {
            writer.writeBoolean(readOnly);
        }
        writer.endFrame(frame);
    }
}
