package io.zookit.spi.consensus;

import java.util.Arrays;

/**
 * Decides when a transaction counts. It drives the {@link Replica} of its server: it tells the role, has transactions logged and
 * says up to which zxid they are committed.
 *
 * <p>The order of one transaction, where this server leads: {@link #propose} → {@link Replica#log} → {@link #logged} →
 * {@link Replica#committed}. Nothing that promises durability leaves the server before {@link #logged} has said so (Zab: an
 * acknowledgement follows the write to disk).
 */
public interface Consensus extends AutoCloseable {
    /**
     * Begins. The replica's state holds everything up to {@code lastZxid}.
     *
     * @param replica this server's side
     * @param lastZxid the newest zxid in log and state, 0 for none
     */
    void start(Replica replica, long lastZxid);

    /**
     * Proposes a transaction. Called by the owner of the replicated state while {@link Role#LEADING}; must not block.
     *
     * @param zxid the one after the last proposed
     * @param record the transaction's bytes; never changed afterwards
     */
    void propose(long zxid, byte[] record);

    /**
     * Proposes a transaction whose bytes lie in a part of an array. Like {@link #propose(long, byte[])}, but the array is the caller's
     * again when this returns. Only {@link Replica#log(long, byte[], int, int)} may be handed the same part of it meanwhile.
     *
     * @param offset where the transaction begins
     * @param length its bytes
     */
    default void propose(long zxid, byte[] bytes, int offset, int length) {
        propose(zxid, Arrays.copyOfRange(bytes, offset, offset + length));
    }

    /** Everything up to {@code zxid} is durable in the local log. Called by the log thread, once for each group. */
    void logged(long zxid);

    /** The word after {@code Mode:} in the answer to {@code srvr}, such as {@code standalone} or {@code leader}. Any thread. */
    String mode();

    /** Stops taking part. Idempotent. */
    @Override
    void close();
}
