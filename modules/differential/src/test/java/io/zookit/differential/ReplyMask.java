package io.zookit.differential;

import io.zookit.model.OpCode;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;
import io.zookit.wire.WireFormatException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongUnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Takes out of a reply what two servers cannot have in common, and nothing else: the time in a stat becomes 0 or 1, the owner of an
 * ephemeral the number of its session, and lists without a promised order (names of children, ephemerals, identities, also those that
 * have become entries of an ACL) are sorted. Bytes that are not of the expected form stay as they are.
 */
final class ReplyMask {
    private static final byte[] DIGEST = "digest".getBytes(StandardCharsets.US_ASCII);

    private final LongUnaryOperator sessionNumber;

    /**
     * @param sessionNumber a session's number by its id
     */
    ReplyMask(LongUnaryOperator sessionNumber) {
        this.sessionNumber = sessionNumber;
    }

    /**
     * @param operation what the reply answers
     * @param body after the header, of a reply without an error
     */
    byte[] masked(int operation, byte[] body) {
        OpCode code = OpCode.ofCode(operation);
        if (code == null || body.length == 0) {
            return body;
        }
        JuteReader reader = JuteReader.of(body);
        JuteWriter writer = new JuteWriter(body.length);
        try {
            copy(code, reader, writer);
        } catch (WireFormatException other) {
            return body;
        }
        while (reader.remaining() > 0) {
            writer.writeByte(reader.readByte());
        }
        return writer.toByteArray();
    }

    private void copy(OpCode code, JuteReader reader, JuteWriter writer) {
        switch (code) {
            case CREATE2, CREATE_CONTAINER, CREATE_TTL -> {
                writer.writeBuffer(reader.readBuffer());
                stat(reader, writer);
            }
            case EXISTS, SET_DATA, SET_ACL -> stat(reader, writer);
            case GET_DATA, RECONFIG -> {
                writer.writeBuffer(reader.readBuffer());
                stat(reader, writer);
            }
            case GET_ACL -> {
                acl(reader, writer);
                stat(reader, writer);
            }
            case GET_CHILDREN, GET_EPHEMERALS -> sorted(1, reader, writer);
            case GET_CHILDREN2 -> {
                sorted(1, reader, writer);
                stat(reader, writer);
            }
            case WHO_AM_I -> sorted(2, reader, writer);
            case MULTI, MULTI_READ -> results(reader, writer);
            default -> {}
        }
    }

    private void results(JuteReader reader, JuteWriter writer) {
        boolean done;
        do {
            int type = copyInt(reader, writer);
            done = reader.readBoolean();
            writer.writeBoolean(done);
            copyInt(reader, writer);
            OpCode code = OpCode.ofCode(type);
            if (!done && code == OpCode.ERROR) {
                copyInt(reader, writer);
            } else if (!done && code == OpCode.CREATE) {
                writer.writeBuffer(reader.readBuffer());
            } else if (!done && code != null) {
                copy(code, reader, writer);
            }
        } while (!done);
    }

    /**
     * Sorts the neighbours with the same permissions and the scheme digest: an entry {@code auth} has become one for each identity of
     * its client, and these have no order.
     */
    private static void acl(JuteReader reader, JuteWriter writer) {
        int count = copyInt(reader, writer);
        List<byte[]> alike = new ArrayList<>();
        int permissionsBefore = 0;
        for (int i = 0; i < count; i++) {
            int permissions = reader.readInt();
            byte[] scheme = reader.readBuffer();
            byte[] id = reader.readBuffer();
            boolean digest = Arrays.equals(scheme, DIGEST);
            if (!digest || permissions != permissionsBefore) {
                writeSorted(alike, writer);
                alike.clear();
            }
            JuteWriter entry = new JuteWriter(64);
            entry.writeInt(permissions);
            entry.writeBuffer(scheme);
            entry.writeBuffer(id);
            if (digest) {
                alike.add(entry.toByteArray());
                permissionsBefore = permissions;
            } else {
                writer.writeRaw(entry.toByteArray(), 0, entry.size());
            }
        }
        writeSorted(alike, writer);
    }

    private static int copyInt(JuteReader reader, JuteWriter writer) {
        int value = reader.readInt();
        writer.writeInt(value);
        return value;
    }

    /** Sorts a vector whose elements consist of some buffers each. */
    private static void sorted(int buffersEach, JuteReader reader, JuteWriter writer) {
        int count = copyInt(reader, writer);
        List<byte[]> elements = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            JuteWriter element = new JuteWriter(64);
            for (int j = 0; j < buffersEach; j++) {
                byte @Nullable [] buffer = reader.readBuffer();
                element.writeBuffer(buffer);
            }
            elements.add(element.toByteArray());
        }
        writeSorted(elements, writer);
    }

    private static void writeSorted(List<byte[]> elements, JuteWriter writer) {
        elements.sort(Arrays::compare);
        elements.forEach(element -> writer.writeRaw(element, 0, element.length));
    }

    private void stat(JuteReader reader, JuteWriter writer) {
        writer.writeLong(reader.readLong());
        writer.writeLong(reader.readLong());
        writer.writeLong(reader.readLong() == 0 ? 0 : 1);
        writer.writeLong(reader.readLong() == 0 ? 0 : 1);
        for (int i = 0; i < 3; i++) {
            copyInt(reader, writer);
        }
        long owner = reader.readLong();
        writer.writeLong(owner == 0 ? 0 : sessionNumber.applyAsLong(owner));
        copyInt(reader, writer);
        copyInt(reader, writer);
        writer.writeLong(reader.readLong());
    }
}
