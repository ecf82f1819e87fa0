package io.zookit.zab;

/**
 * What a server found on its disk when it started.
 *
 * @param acceptedEpoch the newest epoch it has promised to, 0 for none
 * @param currentEpoch the epoch it last took part in, 0 for none. A crash may have left it behind the log, or, before a server's
 *     first start in an ensemble, unwritten: the node raises it (what is in the log of an epoch stands on that epoch's whole
 *     beginning, so this promises nothing new)
 * @param history the extent of its log
 */
public record StoredState(long acceptedEpoch, long currentEpoch, History history) {
    /** A server that was never started. */
    public static StoredState empty() {
        return new StoredState(0, 0, History.EMPTY);
    }
}
