package io.zookit.spi.consensus;

import java.util.Arrays;

/** What a {@link Consensus} may ask of the server around it. Nothing here blocks. */
public interface Replica {
    /**
     * The role has changed. Any thread.
     *
     * @param role the new one
     * @param epoch the epoch it holds in; transactions this server proposes carry it
     */
    void roleChanged(Role role, long epoch);

    /**
     * Has a transaction logged; {@link Consensus#logged} follows. Called with zxids in order, by the owner of the replicated state:
     * from within {@link Consensus#propose}.
     *
     * @param zxid its zxid
     * @param record its bytes
     */
    void log(long zxid, byte[] record);

    /**
     * The same for the very bytes that are being proposed by {@link Consensus#propose(long, byte[], int, int)}: whoever proposes them
     * keeps them until they are in the log.
     */
    default void log(long zxid, byte[] bytes, int offset, int length) {
        log(zxid, Arrays.copyOfRange(bytes, offset, offset + length));
    }

    /** Everything up to {@code zxid} is committed: it is applied in order, and its clients are answered. Any thread. */
    void committed(long zxid);
}
