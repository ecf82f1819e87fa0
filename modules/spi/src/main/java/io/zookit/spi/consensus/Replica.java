package io.zookit.spi.consensus;

/** What a {@link Consensus} may ask of the server around it. May be called by any thread, and must not be waited for. */
public interface Replica {
    /**
     * The role has changed.
     *
     * @param role the new one
     * @param epoch the epoch it holds in; transactions this server proposes carry it
     */
    void roleChanged(Role role, long epoch);

    /**
     * Has a transaction logged; {@link Consensus#logged} follows. Called with zxids in order.
     *
     * @param zxid its zxid
     * @param record its bytes
     */
    void log(long zxid, byte[] record);

    /** Everything up to {@code zxid} is committed: it is applied in order, and its clients are answered. */
    void committed(long zxid);
}
