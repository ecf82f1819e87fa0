package io.zookit.wire;

/**
 * The first frame of a client (client protocol, record ConnectRequest).
 *
 * @param protocolVersion 0 from every known client; not judged
 * @param lastZxidSeen the newest zxid the client saw on any server
 * @param timeoutMillis the session timeout it asks for
 * @param sessionId 0 for a new session, else the one it wants to go on with
 * @param password of that session; empty when there was none
 * @param readOnly whether it accepts a server without a quorum
 * @param hasReadOnly whether the frame said so at all; very old clients do not, and get a shorter answer
 */
public record ConnectRequest(
        int protocolVersion,
        long lastZxidSeen,
        int timeoutMillis,
        long sessionId,
        byte[] password,
        boolean readOnly,
        boolean hasReadOnly) {

    /**
     * Reads the frame's payload; bytes after it are ignored.
     *
     * @throws WireFormatException when it is too short
     */
    public static ConnectRequest read(JuteReader reader) {
        int protocolVersion = reader.readInt();
        long lastZxidSeen = reader.readLong();
        int timeoutMillis = reader.readInt();
        long sessionId = reader.readLong();
        byte[] password = reader.readBuffer();
        boolean hasReadOnly = reader.remaining() > 0;
        boolean readOnly = hasReadOnly && reader.readBoolean();
        return new ConnectRequest(
                protocolVersion,
                lastZxidSeen,
                timeoutMillis,
                sessionId,
                password == null ? new byte[0] : password,
                readOnly,
                hasReadOnly);
    }
}
