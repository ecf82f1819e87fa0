package io.zookit.fuzz;

import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;

/**
 * A decoder under test, and the way back.
 *
 * @param <T> what it makes of bytes
 */
public interface Decoder<T> {
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
     * How many bytes may be allocated for one byte of input. Five for text, which is copied out of the transport's memory and then
     * decoded by the JDK into twice its length and cut; more where the input is a list of small things: the smallest string has four
     * bytes on the wire and is an object with an array in memory.
     */
    default int allocationFactor() {
        return 5;
    }

    /** Whether it keeps all that it reads; some bodies are read for their form alone. */
    default boolean keepsAll() {
        return true;
    }
}
