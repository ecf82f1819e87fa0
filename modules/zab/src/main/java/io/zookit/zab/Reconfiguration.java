package io.zookit.zab;

import io.zookit.model.OpCode;
import io.zookit.model.Txn;
import io.zookit.wire.JuteReader;
import io.zookit.wire.TxnCodec;
import io.zookit.wire.WireFormatException;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/** The membership that a transaction carries: the one kind of transaction the consensus looks into. */
final class Reconfiguration {
    /** Where the type stands in the header of a transaction. */
    private static final int TYPE_OFFSET = 28;

    private static final int HEADER_BYTES = 32;

    private Reconfiguration() {}

    /** Whether a transaction has the type of a reconfiguration. Asked of every transaction, and so without any object. */
    static boolean is(byte[] record) {
        return record.length >= HEADER_BYTES
                && record[TYPE_OFFSET + 3] == OpCode.RECONFIG.code()
                && record[TYPE_OFFSET + 2] == 0
                && record[TYPE_OFFSET + 1] == 0
                && record[TYPE_OFFSET] == 0;
    }

    /** The same of a whole array; {@code null} at once for any other type. */
    static @Nullable Membership in(long zxid, byte[] record) {
        return is(record) ? in(zxid, ByteBuffer.wrap(record)) : null;
    }

    /**
     * The membership in a transaction, with the transaction's zxid as its version.
     *
     * @return {@code null} when it is another kind of transaction, or describes no ensemble
     */
    static @Nullable Membership in(long zxid, ByteBuffer record) {
        if (record.remaining() < HEADER_BYTES
                || record.getInt(record.position() + TYPE_OFFSET) != OpCode.RECONFIG.code()) {
            return null;
        }
        try {
            Txn txn = TxnCodec.read(new JuteReader(record.duplicate())).txn();
            byte[] data = txn instanceof Txn.SetData set ? set.data() : null;
            return data == null ? null : Membership.parse(data).withVersion(zxid);
        } catch (WireFormatException | MembershipFormatException e) {
            return null;
        }
    }
}
