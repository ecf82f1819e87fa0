package io.zookit.fuzz;

import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;

/**
 * A decoder under test, and the way back.
 *
 * @param <T> what it makes of bytes
 */
public interface Decoder<T> {
    /**
     * For text: it is copied out of the transport's memory (1), tried as Latin-1 (1), widened when a character turns out to be wide (2),
     * and cut to its length (2).
     */
    int TEXT_ALLOCATION_FACTOR = 6;

    /** For lists: the shortest string has five bytes on the wire, and is an object with an array and a place in a list. */
    int LIST_ALLOCATION_FACTOR = 13;

    /** For failures. */
    String name();

    /**
     * Decodes.
     *
     * @throws io.zookit.wire.WireFormatException for bytes of another form; nothing else may be thrown
     */
    T decode(JuteReader input);

    /** Encodes what was decoded. */
    void encode(T value, JuteWriter output);

    /**
     * How many bytes may be allocated for one byte of input, of which at most two are kept for text and ten for lists. The rest is
     * garbage of the JDK's, which no other way to make a string avoids.
     */
    default int allocationFactor() {
        return TEXT_ALLOCATION_FACTOR;
    }

    /** Whether it keeps all that it reads; some bodies are read for their form alone. */
    default boolean keepsAll() {
        return true;
    }
}
