package io.zookit.wire;

import io.zookit.model.Acl;
import io.zookit.model.Id;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads jute values from a buffer, from its position to its limit, and moves the position.
 *
 * <p>Every length is checked against the bytes that are left before anything is allocated. Not safe for use by two threads.
 */
public final class JuteReader {
    private static final int SMALLEST_STRING_BYTES = 4;
    private static final int SMALLEST_ACL_BYTES = 12;

    /** The bytes of {@link Acl#OPEN_UNSAFE}, in longs of which the last two overlap. */
    private static final int OPEN_ACL_BYTES = 27;

    private static final long OPEN_ACL_FROM_0 = 0x0000_0001_0000_001fL;
    private static final long OPEN_ACL_FROM_8 = 0x0000_0005_776f_726cL;
    private static final long OPEN_ACL_FROM_16 = 0x6400_0000_0661_6e79L;
    private static final long OPEN_ACL_FROM_19 = 0x0006_616e_796f_6e65L;

    /** What a second string of the same reader makes room for, so that a list of small ones needs no more. */
    private static final int STRING_BYTES_MIN = 64;

    private final ByteBuffer bytes;
    private byte @Nullable [] stringBytes;

    /**
     * @param bytes what to read, in big-endian order; the reader moves its position
     */
    public JuteReader(ByteBuffer bytes) {
        this.bytes = bytes;
    }

    /** A reader of a whole array. */
    public static JuteReader of(byte[] bytes) {
        return new JuteReader(ByteBuffer.wrap(bytes));
    }

    /** Bytes not read yet. */
    public int remaining() {
        return bytes.remaining();
    }

    /**
     * @throws WireFormatException when fewer than 1 byte is left
     */
    public byte readByte() {
        require(1, "a byte");
        return bytes.get();
    }

    /** A boolean: any byte but 0 is true. */
    public boolean readBoolean() {
        return readByte() != 0;
    }

    /**
     * @throws WireFormatException when fewer than 4 bytes are left
     */
    public int readInt() {
        require(4, "an int");
        return bytes.getInt();
    }

    /**
     * @throws WireFormatException when fewer than 8 bytes are left
     */
    public long readLong() {
        require(8, "a long");
        return bytes.getLong();
    }

    /**
     * A buffer: length and bytes.
     *
     * @return a new array, or {@code null} for length -1
     */
    public byte @Nullable [] readBuffer() {
        int length = readLength("a buffer");
        return length < 0 ? null : take(length);
    }

    /**
     * A string: length and UTF-8 bytes; undecodable bytes become U+FFFD.
     *
     * @return the string, or {@code null} for length -1
     */
    public @Nullable String readString() {
        int length = readLength("a string");
        if (length <= 0) {
            return length < 0 ? null : "";
        }
        byte[] read = stringBytes(length);
        bytes.get(read, 0, length);
        return new String(read, 0, length, StandardCharsets.UTF_8);
    }

    /** Strings copy what they are made of, so one array serves all of a reader. */
    private byte[] stringBytes(int length) {
        byte[] current = stringBytes;
        if (current == null || current.length < length) {
            current = new byte[current == null ? length : Math.max(length, STRING_BYTES_MIN)];
            stringBytes = current;
        }
        return current;
    }

    /**
     * Bytes as they are, with no length before them.
     *
     * @param length how many; at least 0
     * @return a new array
     * @throws WireFormatException when fewer are left
     */
    public byte[] readRaw(int length) {
        require(length, "raw bytes");
        return take(length);
    }

    /** A string that must be there. */
    public String readRequiredString() {
        String string = readString();
        if (string == null) {
            throw new WireFormatException("a string is null where one is required");
        }
        return string;
    }

    /**
     * The count of a vector whose elements the caller reads.
     *
     * @param smallestElementBytes the fewest bytes an element can have; bounds the count
     * @return the count, -1 for a null vector; other negative counts read as 0
     */
    public int readVectorCount(int smallestElementBytes) {
        int count = readInt();
        if (count < 0) {
            return count == -1 ? -1 : 0;
        }
        if (count > bytes.remaining() / smallestElementBytes) {
            throw new WireFormatException("a vector claims " + count + " elements in " + bytes.remaining() + " bytes");
        }
        return count;
    }

    /** A vector of strings; null vectors read as empty, null elements are refused. */
    public List<String> readStrings() {
        int count = readVectorCount(SMALLEST_STRING_BYTES);
        List<String> strings = new ArrayList<>(Math.max(count, 0));
        for (int i = 0; i < count; i++) {
            strings.add(readRequiredString());
        }
        return strings;
    }

    /** A vector of ACL entries; a null vector reads as empty. Null schemes and ids read as empty strings. */
    public List<Acl> readAcls() {
        if (isOpenAcl()) {
            bytes.position(bytes.position() + OPEN_ACL_BYTES);
            return Acl.OPEN_UNSAFE;
        }
        int count = readVectorCount(SMALLEST_ACL_BYTES);
        if (count <= 0) {
            return List.of();
        }
        List<Acl> acls = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            int permissions = readInt();
            String scheme = readString();
            String id = readString();
            acls.add(new Acl(permissions, new Id(scheme == null ? "" : scheme, id == null ? "" : id)));
        }
        return acls;
    }

    /** Most lists by far say "all may do everything": for those there is one object, found by comparing the bytes. */
    private boolean isOpenAcl() {
        int start = bytes.position();
        return bytes.remaining() >= OPEN_ACL_BYTES
                && bytes.getLong(start) == OPEN_ACL_FROM_0
                && bytes.getLong(start + 8) == OPEN_ACL_FROM_8
                && bytes.getLong(start + 16) == OPEN_ACL_FROM_16
                && bytes.getLong(start + 19) == OPEN_ACL_FROM_19;
    }

    private int readLength(String what) {
        int length = readInt();
        if (length < -1 || length > bytes.remaining()) {
            throw new WireFormatException(what + " claims " + length + " of " + bytes.remaining() + " bytes");
        }
        return length;
    }

    private byte[] take(int length) {
        byte[] taken = new byte[length];
        bytes.get(taken);
        return taken;
    }

    private void require(int count, String what) {
        if (bytes.remaining() < count) {
            throw new WireFormatException("expected " + what + ", found " + bytes.remaining() + " bytes");
        }
    }
}
