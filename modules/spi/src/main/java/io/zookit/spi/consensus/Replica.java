package io.zookit.spi.consensus;

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

    /** Everything up to {@code zxid} is committed: it is applied in order, and its clients are answered. Any thread. */
    void committed(long zxid);
}
