package io.zookit.simulator.check;

import io.zookit.simulator.storage.StoredTxn;
import io.zookit.zab.Membership;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The members that the committed history says there are, from each of its reconfigurations on. */
public final class MembersInForce {
    private final TreeMap<Long, Membership> from = new TreeMap<>();

    MembersInForce(Membership first) {
        from.put(0L, first);
    }

    /** The members after all that is committed. */
    public Membership now() {
        return from.lastEntry().getValue();
    }

    /** The members after a transaction. */
    Membership at(long zxid) {
        return Objects.requireNonNull(from.floorEntry(zxid)).getValue();
    }

    /** The members that a transaction brings, {@code null} when it brings none. */
    static @Nullable Membership in(StoredTxn txn) {
        return Membership.isBroughtBy(txn.record())
                ? Membership.broughtBy(txn.zxid(), ByteBuffer.wrap(txn.record()))
                : null;
    }

    /** A transaction is committed. */
    void committed(StoredTxn txn) {
        Membership next = in(txn);
        if (next != null) {
            from.put(txn.zxid(), next);
        }
    }
}
