package io.zookit.wire;

import io.zookit.model.Txn;
import io.zookit.model.TxnHeader;
import org.jspecify.annotations.Nullable;

/**
 * A transaction as it stands in the log.
 *
 * @param header who, when and under which zxid
 * @param txn the change
 * @param digest the digest of the whole tree after it, {@code null} when the writer recorded none
 */
public record LoggedTxn(TxnHeader header, Txn txn, @Nullable Digest digest) {
    /**
     * A digest with the version of its algorithm.
     *
     * @param version 2 in current servers; digests of other versions cannot be compared
     * @param value the sum over all znodes, modulo 2^64
     */
    public record Digest(int version, long value) {
        /** The algorithm this server computes. */
        public static final int CURRENT_VERSION = 2;
    }
}
