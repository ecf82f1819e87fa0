package io.zookit.fuzz;

import io.zookit.model.OpCode;
import io.zookit.model.Txn;
import io.zookit.model.TxnHeader;
import io.zookit.wire.JuteWriter;
import io.zookit.wire.TxnCodec;
import java.util.ArrayList;
import java.util.List;

/** Transactions of all kinds, with contents from {@link Chance}. */
final class Transactions {
    private static final int KINDS = 9;

    private final Chance chance;

    Transactions(Chance chance) {
        this.chance = chance;
    }

    /** Writes a transaction, with or without a digest. */
    void write(JuteWriter output) {
        TxnHeader header = new TxnHeader(chance.anyLong(), chance.anyInt(), chance.anyLong(), chance.anyLong());
        TxnCodec.write(output, header, txn(KINDS), chance.oneIn(2) ? chance.anyLong() : null);
    }

    private Txn txn(int kinds) {
        return switch (chance.below(kinds)) {
            case 0 -> new Txn.Delete(chance.of(OpCode.DELETE, OpCode.DELETE_CONTAINER), chance.path());
            case 1 -> new Txn.SetData(OpCode.SET_DATA, chance.path(), chance.anyBytes(), chance.anyInt());
            case 2 -> new Txn.SetAcl(chance.path(), chance.acls(), chance.anyInt());
            case 3 -> new Txn.Check(chance.path(), chance.anyInt());
            case 4 -> new Txn.Rejected(chance.anyInt());
            case 5 -> create();
            case 6 -> new Txn.CreateSession(chance.anyInt());
            case 7 -> new Txn.CloseSession(chance.paths());
            default -> multi();
        };
    }

    private Txn create() {
        OpCode type = chance.of(OpCode.CREATE, OpCode.CREATE2, OpCode.CREATE_CONTAINER, OpCode.CREATE_TTL);
        boolean plain = type == OpCode.CREATE || type == OpCode.CREATE2;
        return new Txn.Create(
                type,
                chance.path(),
                chance.anyBytes(),
                chance.acls(),
                plain && chance.oneIn(2),
                type == OpCode.CREATE_TTL ? chance.anyLong() : 0,
                chance.anyInt());
    }

    private Txn multi() {
        List<Txn> parts = new ArrayList<>();
        for (int count = chance.below(5); count > 0; count--) {
            parts.add(txn(KINDS - 1));
        }
        return new Txn.Multi(parts);
    }
}
