package io.zookit.wire;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The first bytes of a connection between two election ports, sent by whoever dialed, with no frame around them.
 *
 * <p>Some acceptors read the addresses with a single read call: send it as one segment.
 *
 * @param protocolVersion {@link #ONE_ADDRESS} or {@link #ADDRESSES}; 0 for a server so old that it sends its id alone
 * @param serverId the sender; {@link Long#MAX_VALUE} for an observer without an id of its own
 * @param addresses where the sender's election port can be reached, {@code host:port}, IPv6 hosts in brackets; claims, not facts
 */
public record ElectionGreeting(long protocolVersion, long serverId, List<String> addresses) {
    /** The form with exactly one address. */
    public static final long ONE_ADDRESS = -65536;
    /** The form with addresses separated by {@code |}. */
    public static final long ADDRESSES = -65535;

    private static final int ADDRESS_BYTES_MAX = 2048;
    private static final int HEAD_BYTES = 20;
    private static final int OLD_FORM_BYTES = 8;

    /**
     * Reads a greeting as soon as all of it is there.
     *
     * @param reader from the first byte of the connection; it moves behind the greeting, or somewhere when there is too little
     * @return the greeting, {@code null} when more bytes are needed: read again from the first byte
     * @throws WireFormatException when it is none
     */
    public static @Nullable ElectionGreeting read(JuteReader reader) {
        if (reader.remaining() < OLD_FORM_BYTES) {
            return null;
        }
        int available = reader.remaining();
        long first = reader.readLong();
        if (first >= 0) {
            return new ElectionGreeting(0, first, List.of());
        }
        if (first != ONE_ADDRESS && first != ADDRESSES) {
            throw new WireFormatException("an election connection begins with the version " + first);
        }
        if (available < HEAD_BYTES) {
            return null;
        }
        long serverId = reader.readLong();
        int length = reader.readInt();
        if (length < 1 || length > ADDRESS_BYTES_MAX) {
            throw new WireFormatException("an election connection announces addresses of " + length + " bytes");
        }
        if (available < HEAD_BYTES + length) {
            return null;
        }
        String text = new String(reader.readRaw(length), StandardCharsets.UTF_8);
        List<String> addresses = first == ADDRESSES ? List.of(text.split("\\|", -1)) : List.of(text);
        return new ElectionGreeting(first, serverId, addresses);
    }

    /** Writes the greeting. */
    public void write(JuteWriter writer) {
        if (protocolVersion == 0) {
            writer.writeLong(serverId);
            return;
        }
        byte[] text = String.join("|", addresses).getBytes(StandardCharsets.UTF_8);
        writer.writeLong(protocolVersion);
        writer.writeLong(serverId);
        writer.writeBuffer(text);
    }
}
