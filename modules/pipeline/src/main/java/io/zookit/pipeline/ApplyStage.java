package io.zookit.pipeline;

import io.zookit.model.Acl;
import io.zookit.model.Permissions;
import io.zookit.model.Txn;
import io.zookit.model.TxnHeader;
import io.zookit.pipeline.operation.AccessControl;
import io.zookit.pipeline.operation.Caller;
import io.zookit.tree.TreeListener;
import io.zookit.watch.WatchEventType;
import io.zookit.watch.WatchTable;
import io.zookit.wire.LoggedTxn;
import java.util.List;
import java.util.Queue;

/**
 * APPLY: changes the state by every committed transaction, in zxid order. Watch events are written before anything that could
 * show the change. Runs on the owner of the state.
 */
final class ApplyStage {
    private final ReplicaState state;
    private final ProposeStage propose;
    private final AnswerStep answers;
    private final SessionStep sessions;
    private final Firing firing;
    private final DigestLog digests;

    ApplyStage(
            ReplicaState state,
            ProposeStage propose,
            AnswerStep answers,
            SessionStep sessions,
            AccessControl access,
            Statistics statistics,
            DigestLog digests) {
        this.state = state;
        this.propose = propose;
        this.answers = answers;
        this.sessions = sessions;
        this.firing = new Firing(state.watches(), access, statistics);
        this.digests = digests;
    }

    /** The digests of the tree so far. */
    DigestLog digests() {
        return digests;
    }

    /** Applies everything up to a zxid. */
    void applyUpTo(long committed) {
        if (committed <= state.tree().lastZxid()) {
            return;
        }
        Queue<InFlight> proposed = propose.proposed();
        InFlight next;
        while ((next = proposed.peek()) != null && next.readyZxid() <= committed) {
            proposed.poll();
            apply(next);
        }
        state.pending().applied(state.tree().lastZxid());
        answers.releaseBarriers();
    }

    private void apply(InFlight write) {
        TxnHeader header = write.header();
        Txn txn = write.txn();
        firing.begin(header.zxid());
        write.outcome(state.tree().apply(header, txn, firing));
        if (digests.keeps(header.zxid())) {
            digests.add(header.zxid(), state.tree().digest());
        }
        LoggedTxn.Digest recorded = write.recorded();
        if (recorded != null) {
            digests.compare(header.zxid(), recorded, state.tree().digest());
        }
        if (txn instanceof Txn.CreateSession open) {
            sessions.opened(header.sessionId(), open.timeoutMillis(), write);
        } else if (txn instanceof Txn.CloseSession) {
            sessions.closed(header.sessionId(), write);
        }
        if (write.connection() != null) {
            answers.release(write.connection());
        }
    }

    /** Turns changes of the tree into events for those who watch and may read. */
    private static final class Firing implements TreeListener {
        private final WatchTable<Caller> watches;
        private final AccessControl access;
        private final Statistics statistics;
        private long zxid;
        private int told;
        private int toldOfChildren;

        Firing(WatchTable<Caller> watches, AccessControl access, Statistics statistics) {
            this.watches = watches;
            this.access = access;
            this.statistics = statistics;
        }

        void begin(long changeZxid) {
            zxid = changeZxid;
        }

        @Override
        public void created(String path, List<Acl> acl, String parentPath, List<Acl> parentAcl) {
            if (watches.watchCount() > 0) {
                watches.fireCreated(
                        path, parentPath, (who, type, at, ofParent) -> tell(who, type, at, ofParent ? parentAcl : acl));
                count(statistics.createdWatches());
            }
        }

        @Override
        public void deleted(String path, List<Acl> acl, String parentPath, List<Acl> parentAcl) {
            if (watches.watchCount() > 0) {
                watches.fireDeleted(
                        path, parentPath, (who, type, at, ofParent) -> tell(who, type, at, ofParent ? parentAcl : acl));
                count(statistics.deletedWatches());
            }
        }

        @Override
        public void dataChanged(String path, List<Acl> acl) {
            if (watches.watchCount() > 0) {
                watches.fireDataChanged(path, (who, type, at, ofParent) -> tell(who, type, at, acl));
                count(statistics.changedWatches());
            }
        }

        /** Counts how many watches one change has met. */
        private void count(Summary own) {
            if (told > 0) {
                own.add(told);
                told = 0;
            }
            if (toldOfChildren > 0) {
                statistics.childrenWatches().add(toldOfChildren);
                toldOfChildren = 0;
            }
        }

        private void tell(Caller who, WatchEventType type, String path, List<Acl> acl) {
            if (type == WatchEventType.NODE_CHILDREN_CHANGED) {
                toldOfChildren++;
            } else {
                told++;
            }
            if (access.allows(acl, Permissions.READ, who.identities())) {
                who.event(type, path, zxid);
            }
        }
    }
}
