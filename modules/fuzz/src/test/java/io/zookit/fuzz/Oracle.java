package io.zookit.fuzz;

import static org.junit.jupiter.api.Assertions.fail;

import com.sun.management.ThreadMXBean;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;
import io.zookit.wire.WireFormatException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Says whether a decoder has behaved: nothing but the declared exception, no more memory than the input is worth, and what it
 * accepted can be written again and means the same.
 */
public final class Oracle {
    /** An exception with its stack trace and message, and what the runtime allocates on the side. */
    private static final int ALLOCATED_BYTES_MAX = 64 << 10;

    /** Classes are loaded by then. */
    private static final int WARM_UP = 5_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final long thread = Thread.currentThread().getId();
    private final JuteWriter first = new JuteWriter(1 << 10);
    private final JuteWriter second = new JuteWriter(1 << 10);
    private long executions;
    private long accepted;

    /** Decodings so far. */
    public long executions() {
        return executions;
    }

    /** Inputs that were accepted so far. */
    public long accepted() {
        return accepted;
    }

    /** Tries well formed bytes: they are accepted, and written again byte by byte. */
    public <T> void wellFormed(Decoder<T> decoder, byte[] input) {
        T value = decode(decoder, input);
        if (value == null) {
            throw broken(decoder, input, "refuses what is well formed", null);
        }
        first.clear();
        decoder.encode(value, first);
        if (decoder.keepsAll() && !Arrays.equals(input, first.toByteArray())) {
            throw broken(decoder, input, "does not write again what it read: " + hex(first.toByteArray()), null);
        }
    }

    /** Tries any bytes: they are refused, or mean something that can be written and read again. */
    public <T> void any(Decoder<T> decoder, byte[] input) {
        T value = decode(decoder, input);
        if (value == null || !decoder.keepsAll()) {
            return;
        }
        first.clear();
        decoder.encode(value, first);
        byte[] written = first.toByteArray();
        T again = decode(decoder, written);
        if (again == null) {
            throw broken(decoder, input, "refuses what it wrote itself: " + hex(written), null);
        }
        second.clear();
        decoder.encode(again, second);
        if (!Arrays.equals(written, second.toByteArray())) {
            throw broken(
                    decoder, input, "changes its mind: " + hex(written) + " then " + hex(second.toByteArray()), null);
        }
    }

    private <T> @Nullable T decode(Decoder<T> decoder, byte[] input) {
        executions++;
        // As the server has it: big-endian, read-only, a part of something larger.
        JuteReader reader = new JuteReader(ByteBuffer.wrap(input).asReadOnlyBuffer());
        long before = threads.getThreadAllocatedBytes(thread);
        T value = null;
        try {
            value = decoder.decode(reader);
            accepted++;
        } catch (WireFormatException refused) {
            if (refused.getMessage() == null || refused.getMessage().isBlank()) {
                throw broken(decoder, input, "refuses without a reason", refused);
            }
        } catch (RuntimeException | Error undeclared) {
            throw broken(decoder, input, "throws " + undeclared, undeclared);
        }
        long allocated = threads.getThreadAllocatedBytes(thread) - before;
        if (executions > WARM_UP
                && allocated > (long) decoder.allocationFactor() * input.length + ALLOCATED_BYTES_MAX) {
            throw broken(decoder, input, "allocates " + allocated + " bytes for " + input.length, null);
        }
        return value;
    }

    private static AssertionError broken(Decoder<?> decoder, byte[] input, String how, @Nullable Throwable cause) {
        return fail(decoder.name() + " " + how + "\ninput: " + hex(input), cause);
    }

    private static String hex(byte[] bytes) {
        return bytes.length <= 4096
                ? HexFormat.of().formatHex(bytes)
                : HexFormat.of().formatHex(bytes, 0, 4096) + "... (" + bytes.length + " bytes)";
    }
}
