package io.zookit.disk;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every call a storage makes to the file system, so that a test can be the disk: record the calls, fail one, or cut the power
 * and keep any part of what was not forced. Safe for all threads.
 *
 * <p>What a call changes is durable only after the force that covers it: {@link DiskFile#force} for bytes and length,
 * {@link #forceDirectory} for names.
 */
public interface DiskCalls {
    /** How a file is opened. */
    enum Access {
        /** An existing file, for reading. */
        READ,
        /** An existing file, for reading and writing. */
        WRITE,
        /** A new empty file for reading and writing, in place of any that had the name. */
        CREATE,
        /**
         * An existing file that is only written, in whole blocks at multiples of {@link DiskBlocks#BYTES} from a buffer of
         * {@link DiskBlocks#allocate}: where the system can, the bytes go from there to the disk without a copy.
         */
        WRITE_BLOCKS,
        /** As {@link #CREATE}, but to be written like {@link #WRITE_BLOCKS}. */
        CREATE_BLOCKS
    }

    /**
     * Opens a file.
     *
     * @throws java.nio.file.NoSuchFileException when it is not there and access is not {@link Access#CREATE}
     */
    DiskFile open(Path file, Access access) throws IOException;

    /** Gives a file another name in the same directory, in place of any that had it: both happen or neither. */
    void rename(Path from, Path to) throws IOException;

    /** Deletes a file that exists. */
    void delete(Path file) throws IOException;

    /** Makes the names in a directory durable. */
    void forceDirectory(Path directory) throws IOException;

    /** The names in a directory, in no order. */
    List<String> list(Path directory) throws IOException;

    /**
     * Creates a directory and those above it where they are missing.
     *
     * @return its one true path, without links
     */
    Path createDirectories(Path directory) throws IOException;

    /**
     * Creates a file if it is missing and locks it until the result is closed.
     *
     * @return the lock, or {@code null} when somebody else holds it, in this process or in another
     */
    @Nullable
    AutoCloseable tryLock(Path file) throws IOException;

    /** How many more bytes can be written in a directory, as far as the system tells. */
    long usableBytes(Path directory) throws IOException;
}
