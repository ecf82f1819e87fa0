package io.zookit.wire;

import io.zookit.model.Zxid;
import org.jspecify.annotations.Nullable;

/**
 * A vote, as servers tell it to each other (election protocol, the payload of one frame).
 *
 * <p>Byte arrays are shared, never copied, and must not be changed.
 *
 * @param state what the sender is
 * @param leader the server it votes for, or follows; {@link Long#MIN_VALUE} for none
 * @param zxid the newest transaction of that server when the vote was cast
 * @param round the sender's count of elections, also called logical clock or election epoch
 * @param peerEpoch the epoch that server had taken part in
 * @param version the form of the message: 0 and {@link #WITHOUT_VERSION} before 3.4.6, 1 without, 2 with a configuration
 * @param config the sender's ensemble configuration as text in UTF-8, {@code null} before version 2
 */
public record ElectionNotification(
        PeerState state, long leader, long zxid, long round, long peerEpoch, int version, byte @Nullable [] config) {
    /** The most bytes a frame of the election port may have. */
    public static final int FRAME_BYTES_MAX = 524_288;
    /** The version this server sends. */
    public static final int CURRENT_VERSION = 2;
    /** Stands for the oldest form, which is too short to hold a version, or even the epoch. */
    public static final int WITHOUT_VERSION = -1;

    private static final int OLDEST_BYTES = 28;
    private static final int UNVERSIONED_BYTES = 40;

    /** A vote in the current form. */
    public ElectionNotification(PeerState state, long leader, long zxid, long round, long peerEpoch, byte[] config) {
        this(state, leader, zxid, round, peerEpoch, CURRENT_VERSION, config);
    }

    /**
     * Reads the payload of a frame; bytes after it are ignored.
     *
     * @throws WireFormatException when it is shorter than any form, or its configuration longer than the rest
     */
    public static ElectionNotification read(JuteReader reader) {
        int bytes = reader.remaining();
        int code = reader.readInt();
        PeerState state = PeerState.of(code);
        if (state == null) {
            throw new WireFormatException("a vote names the state " + code);
        }
        long leader = reader.readLong();
        long zxid = reader.readLong();
        long round = reader.readLong();
        if (bytes == OLDEST_BYTES) {
            return new ElectionNotification(state, leader, zxid, round, Zxid.epoch(zxid), WITHOUT_VERSION, null);
        }
        long peerEpoch = reader.readLong();
        if (bytes == UNVERSIONED_BYTES) {
            return new ElectionNotification(state, leader, zxid, round, peerEpoch, 0, null);
        }
        int version = reader.readInt();
        byte[] config = version >= CURRENT_VERSION ? reader.readBuffer() : null;
        return new ElectionNotification(state, leader, zxid, round, peerEpoch, version, config);
    }

    /** Writes the payload in the form its version says. */
    public void write(JuteWriter writer) {
        writer.writeInt(state.code());
        writer.writeLong(leader);
        writer.writeLong(zxid);
        writer.writeLong(round);
        if (version != WITHOUT_VERSION) {
            writer.writeLong(peerEpoch);
            writer.writeInt(version);
            if (version >= CURRENT_VERSION) {
                writer.writeBuffer(config);
            }
        }
    }
}
