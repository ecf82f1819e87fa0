package io.zookit.disk;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;

/** An open file. All access is by position, so several threads may read while one writes elsewhere in it. */
public interface DiskFile extends Closeable {
    /**
     * Reads until the buffer is full or the file ends.
     *
     * @return bytes read, 0 at the end of the file
     */
    int read(ByteBuffer into, long offset) throws IOException;

    /** Writes the buffer from position to limit, all of it. */
    void write(ByteBuffer from, long offset) throws IOException;

    /** Makes bytes and length durable; the time of change and the like may be left out. */
    void force() throws IOException;

    /** Cuts the file to a length. */
    void truncate(long length) throws IOException;

    /** The length, in bytes. */
    long length() throws IOException;
}
