package io.zookit.zab;

import io.zookit.model.OpCode;
import io.zookit.model.Txn;
import io.zookit.wire.JuteReader;
import io.zookit.wire.TxnCodec;
import io.zookit.wire.WireFormatException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The membership that a transaction carries: the one kind of transaction the consensus looks into. */
final class Reconfiguration {
    private Reconfiguration() {}

    /** The membership in the transaction with a zxid, {@code null} when it is not there or no reconfiguration. */
    static @Nullable Membership in(RecentLog recent, long zxid) {
        int index = recent.indexAfter(zxid - 1);
        if (index >= recent.size() || recent.zxid(index) != zxid) {
            return null;
        }
        try {
            Txn txn = TxnCodec.read(JuteReader.of(recent.record(index))).txn();
            if (txn instanceof Txn.SetData set && set.type() == OpCode.RECONFIG && set.data() != null) {
                return Membership.parse(new String(set.data(), StandardCharsets.UTF_8));
            }
        } catch (WireFormatException | MembershipFormatException e) {
            return null;
        }
        return null;
    }
}
