package io.zookit.spi.storage;

import java.util.Arrays;

/**
 * All transactions in zxid order, each as bytes of which only the header means anything here.
 *
 * <p>One thread at a time calls {@link #append}, {@link #sync}, {@link #roll} and {@link #truncateAfter} (the log thread, or the
 * start thread before it runs). {@link #read}, {@link #firstZxid}, {@link #lastZxid} and {@link #purgeBefore} may be called by
 * any thread at any time.
 */
public interface TransactionLog {
    /** The zxid of the oldest record, 0 when the log is empty. */
    long firstZxid();

    /** The zxid of the newest durable record, 0 when the log is empty. */
    long lastZxid();

    /**
     * Adds a record. It is durable, and visible to readers, after the next {@link #sync}.
     *
     * @param zxid greater than that of every record before
     * @param record the transaction, beginning with its header (client protocol: session id, cxid, zxid, time, type; 32 bytes);
     *     the caller never changes it afterwards
     * @throws StorageException when the record cannot be written
     */
    void append(long zxid, byte[] record);

    /**
     * Adds a record that lies in a part of an array. Like {@link #append(long, byte[])}, but the array is the caller's again when
     * this returns. A log that copies records anyway overrides it, and saves a copy.
     *
     * @param offset where the record begins
     * @param length its bytes
     * @throws StorageException when the record cannot be written
     */
    default void append(long zxid, byte[] bytes, int offset, int length) {
        append(zxid, Arrays.copyOfRange(bytes, offset, offset + length));
    }

    /**
     * Makes everything appended so far durable, as one group. When the storage is configured not to force its writes, it only
     * hands them to the operating system.
     *
     * @throws StorageException when that failed; it is not tried again
     */
    void sync();

    /**
     * Reads durable records in order.
     *
     * @param afterZxid the first record returned is the oldest one with a greater zxid
     * @return a reader that sees at least what was durable when it was made; to be closed by the caller
     */
    LogReader read(long afterZxid);

    /**
     * Removes every record with a greater zxid, durably. Nothing may be appended and not synced.
     *
     * @param zxid the last one to keep; 0 empties the log
     * @throws StorageException when the log does not end with that record afterwards, or (for a zxid before the first record)
     *     cannot tell
     */
    void truncateAfter(long zxid);

    /** Starts a new file with the next record, where the storage has files: called when a snapshot begins. */
    void roll();

    /**
     * Lets go of records that are not needed any more. Some may stay: the storage drops whole files.
     *
     * @param zxid every record with this zxid or a greater one stays readable
     */
    void purgeBefore(long zxid);
}
