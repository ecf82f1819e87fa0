package io.zookit.fuzz;

import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;
import io.zookit.wire.LoggedTxn;
import io.zookit.wire.TxnCodec;

/** Transactions as they stand in the log. */
final class TxnDecoder implements Decoder<LoggedTxn> {
    @Override
    public String name() {
        return "a transaction";
    }

    @Override
    public LoggedTxn decode(JuteReader input) {
        return TxnCodec.read(input);
    }

    @Override
    public void encode(LoggedTxn value, JuteWriter output) {
        LoggedTxn.Digest digest = value.digest();
        TxnCodec.write(output, value.header(), value.txn(), null);
        if (digest != null) {
            output.writeInt(digest.version());
            output.writeLong(digest.value());
        }
    }

    @Override
    public int allocationFactor() {
        return LIST_ALLOCATION_FACTOR;
    }
}
