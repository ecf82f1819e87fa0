package io.zookit.simulator;

import io.zookit.simulator.storage.ServerStorage;
import io.zookit.simulator.storage.StoredTxn;
import io.zookit.zab.Membership;
import io.zookit.zab.Quorum;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * What members a server would go by that starts with a storage.
 *
 * @param counts the newest of what its configuration says and what it has activated
 * @param undecided a reconfiguration in its log of which it does not know whether it was committed, {@code null} for none
 * @param unsaved whether what counts was found in the log alone, which will forget it
 */
record StoredMembers(Membership counts, @Nullable Membership undecided, boolean unsaved) {
    static StoredMembers of(ServerStorage storage, Membership configured) {
        Membership saved = storage.members();
        Membership known = saved != null && saved.version() > configured.version() ? saved : configured;
        Membership counts = known;
        long snapshotZxid = storage.snapshot() == null ? 0 : storage.snapshot().zxid();
        Membership undecided = null;
        for (StoredTxn txn : storage.after(known.version())) {
            Membership found = Membership.isBroughtBy(txn.record())
                    ? Membership.broughtBy(txn.zxid(), ByteBuffer.wrap(txn.record()))
                    : null;
            if (found != null && txn.zxid() <= snapshotZxid) {
                // Snapshots hold what is committed.
                counts = found;
            } else if (found != null) {
                // None is proposed before the one before it is decided.
                counts = undecided == null ? counts : undecided;
                undecided = found;
            }
        }
        return new StoredMembers(counts, undecided, counts != known);
    }

    /** Who is enough to make it a leader. */
    Quorum quorum() {
        return undecided == null ? counts.quorum() : new Quorum.Both(counts.quorum(), undecided.quorum());
    }

    /** Whether it may be elected. */
    boolean isVoter(long id) {
        return counts.isVoter(id) || (undecided != null && undecided.isVoter(id));
    }
}
