package io.zookit.wire;

import org.jspecify.annotations.Nullable;

/**
 * One step of SASL between two servers, before anything else on the quorum port and after the greeting on the election port.
 *
 * @param status 0 in progress, 1 success, -1 failure
 * @param token what the mechanism says, {@code null} for nothing
 */
public record QuorumAuthPacket(int status, byte @Nullable [] token) {
    /** What such a packet begins with; no other first message does. */
    public static final long MAGIC = 0x5F2435013501EDCCL;

    /**
     * Reads a packet.
     *
     * @throws WireFormatException when it is none, or not all of it is there
     */
    public static QuorumAuthPacket read(JuteReader reader) {
        long magic = reader.readLong();
        if (magic != MAGIC) {
            throw new WireFormatException("an authentication packet begins with 0x" + Long.toHexString(magic));
        }
        return new QuorumAuthPacket(reader.readInt(), reader.readBuffer());
    }

    /** Writes the packet. */
    public void write(JuteWriter writer) {
        writer.writeLong(MAGIC);
        writer.writeInt(status);
        writer.writeBuffer(token);
    }
}
