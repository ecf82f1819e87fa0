package io.zookit.wire;

import org.jspecify.annotations.Nullable;

/**
 * Who a learner is.
 *
 * @param serverId its id; negative for an observer that has none
 * @param protocolVersion the form it speaks, 1 for servers before 3.4
 * @param configVersion the version of its ensemble configuration, 0 when it did not say
 */
public record LearnerInfo(long serverId, int protocolVersion, long configVersion) {
    /** The form of the protocol that is spoken here. */
    public static final int PROTOCOL_VERSION = 0x10000;

    private static final int ID_BYTES = 8;
    private static final int VERSION_BYTES = 12;
    private static final int COMPLETE_BYTES = 20;

    /**
     * Reads the data of a FOLLOWERINFO or OBSERVERINFO packet: 8, 12, or 20 and more bytes.
     *
     * @param data the bytes, {@code null} for a learner without an id: it gets -1 here and another one from its leader
     * @throws WireFormatException when there are too few
     */
    static LearnerInfo read(byte @Nullable [] data) {
        if (data == null) {
            return new LearnerInfo(-1, 1, 0);
        }
        JuteReader reader = JuteReader.of(data);
        if (data.length < ID_BYTES) {
            throw new WireFormatException("a learner introduces itself with " + data.length + " bytes");
        }
        long serverId = reader.readLong();
        int version = data.length >= VERSION_BYTES ? reader.readInt() : 1;
        long configVersion = data.length >= COMPLETE_BYTES ? reader.readLong() : 0;
        return new LearnerInfo(serverId, version, configVersion);
    }

    void write(JuteWriter writer) {
        writer.writeInt(COMPLETE_BYTES);
        writer.writeLong(serverId);
        writer.writeInt(protocolVersion);
        writer.writeLong(configVersion);
    }
}
