package io.zookit.wire;

import io.zookit.model.Acl;
import io.zookit.model.Stat;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes jute values into an array that grows as needed and is meant to be used again. Not safe for use by two threads.
 */
public final class JuteWriter {
    private static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
    private static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final int STAT_BYTES = 68;
    /** Stands for what is no character. */
    private static final char REPLACEMENT = '\ufffd';

    private byte[] bytes;
    private int size;

    /**
     * @param initialBytes room before the array has to grow
     */
    public JuteWriter(int initialBytes) {
        bytes = new byte[initialBytes];
    }

    /** Bytes written so far. */
    public int size() {
        return size;
    }

    /** Bytes the array can hold before it grows; what a writer costs while it is kept. */
    public int capacity() {
        return bytes.length;
    }

    /** Forgets everything after {@code size} bytes. */
    public void truncate(int size) {
        this.size = size;
    }

    /** Forgets everything; the room stays. */
    public void clear() {
        size = 0;
    }

    /** A copy of what was written. */
    public byte[] toByteArray() {
        return Arrays.copyOf(bytes, size);
    }

    /** Copies what was written to a place in an array. */
    public void copyTo(byte[] target, int offset) {
        System.arraycopy(bytes, 0, target, offset, size);
    }

    /** What was written, without copying: valid until the next write. */
    public ByteBuffer toByteBuffer() {
        return ByteBuffer.wrap(bytes, 0, size);
    }

    /**
     * Leaves room for the length of a frame.
     *
     * @return the position to hand to {@link #endFrame}
     */
    public int beginFrame() {
        int start = size;
        writeInt(0);
        return start;
    }

    /** Fills in the length of the frame that began at {@code start}. */
    public void endFrame(int start) {
        INT.set(bytes, start, size - start - 4);
    }

    /** Writes one byte. */
    public void writeByte(int value) {
        reserve(1);
        bytes[size++] = (byte) value;
    }

    /** Writes 1 or 0. */
    public void writeBoolean(boolean value) {
        writeByte(value ? 1 : 0);
    }

    /** Writes 4 bytes. */
    public void writeInt(int value) {
        reserve(4);
        INT.set(bytes, size, value);
        size += 4;
    }

    /** Writes 8 bytes. */
    public void writeLong(long value) {
        reserve(8);
        LONG.set(bytes, size, value);
        size += 8;
    }

    /** Writes bytes as they are, with no length before them. */
    public void writeRaw(byte[] source, int offset, int length) {
        reserve(length);
        System.arraycopy(source, offset, bytes, size, length);
        size += length;
    }

    /**
     * Puts everything another writer holds before what was written from a position on.
     *
     * @param position 0 to {@link #size}
     */
    public void insert(int position, JuteWriter earlier) {
        int length = earlier.size;
        reserve(length);
        System.arraycopy(bytes, position, bytes, position + length, size - position);
        System.arraycopy(earlier.bytes, 0, bytes, position, length);
        size += length;
    }

    /** Writes a buffer: length and bytes, or length -1 for {@code null}. */
    public void writeBuffer(byte @Nullable [] value) {
        if (value == null) {
            writeInt(-1);
        } else {
            writeBuffer(value, 0, value.length);
        }
    }

    /** Writes a part of an array as a buffer. */
    public void writeBuffer(byte[] source, int offset, int length) {
        writeInt(length);
        writeRaw(source, offset, length);
    }

    /**
     * Writes a string: length and UTF-8 bytes, or length -1 for {@code null}. A supplementary character has its four bytes, so that
     * what is read is what was written; half of one, which no reader gives, becomes U+FFFD.
     */
    public void writeString(@Nullable String value) {
        if (value == null) {
            writeInt(-1);
            return;
        }
        int length = value.length();
        reserve(4 + 3 * length);
        int start = size;
        int position = start + 4;
        byte[] target = bytes;
        for (int i = 0; i < length; i++) {
            char c = value.charAt(i);
            if (c < 0x80) {
                target[position++] = (byte) c;
            } else if (c < 0x800) {
                target[position++] = (byte) (0xc0 | (c >> 6));
                target[position++] = (byte) (0x80 | (c & 0x3f));
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < length
                    && Character.isLowSurrogate(value.charAt(i + 1))) {
                position = putSupplementary(target, position, Character.toCodePoint(c, value.charAt(++i)));
            } else {
                c = Character.isSurrogate(c) ? REPLACEMENT : c;
                target[position++] = (byte) (0xe0 | (c >> 12));
                target[position++] = (byte) (0x80 | ((c >> 6) & 0x3f));
                target[position++] = (byte) (0x80 | (c & 0x3f));
            }
        }
        INT.set(target, start, position - start - 4);
        size = position;
    }

    private static int putSupplementary(byte[] target, int start, int codePoint) {
        int position = start;
        target[position++] = (byte) (0xf0 | (codePoint >> 18));
        target[position++] = (byte) (0x80 | ((codePoint >> 12) & 0x3f));
        target[position++] = (byte) (0x80 | ((codePoint >> 6) & 0x3f));
        target[position++] = (byte) (0x80 | (codePoint & 0x3f));
        return position;
    }

    /** Writes a vector of strings. */
    public void writeStrings(List<String> values) {
        writeInt(values.size());
        for (String value : values) {
            writeString(value);
        }
    }

    /** Writes a vector of ACL entries. */
    public void writeAcls(List<Acl> acls) {
        writeInt(acls.size());
        for (Acl acl : acls) {
            writeInt(acl.permissions());
            writeString(acl.id().scheme());
            writeString(acl.id().id());
        }
    }

    /** Writes the 68 bytes of a stat. */
    public void writeStat(Stat stat) {
        reserve(STAT_BYTES);
        writeLong(stat.czxid());
        writeLong(stat.mzxid());
        writeLong(stat.ctime());
        writeLong(stat.mtime());
        writeInt(stat.version());
        writeInt(stat.cversion());
        writeInt(stat.aversion());
        writeLong(stat.ephemeralOwner());
        writeInt(stat.dataLength());
        writeInt(stat.numChildren());
        writeLong(stat.pzxid());
    }

    private void reserve(int count) {
        int needed = Math.addExact(size, count);
        if (needed > bytes.length) {
            int doubled = (int) Math.min(Integer.MAX_VALUE - 8L, 2L * bytes.length);
            bytes = Arrays.copyOf(bytes, Math.max(needed, doubled));
        }
    }
}
