package io.zookit.simulator;

import io.zookit.model.Acl;
import io.zookit.model.PersistedStat;
import io.zookit.model.Txn;
import io.zookit.model.ZnodePath;
import io.zookit.model.Zxid;
import io.zookit.session.SessionTable;
import io.zookit.simulator.mutant.Mutant;
import io.zookit.simulator.storage.StoredTxn;
import io.zookit.tree.DataTree;
import io.zookit.tree.Outcome;
import io.zookit.tree.SnapshotWalk;
import io.zookit.tree.TreeListener;
import io.zookit.tree.TreeLoader;
import io.zookit.tree.TreeOptions;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;
import io.zookit.wire.LoggedTxn;
import io.zookit.wire.TxnCodec;
import io.zookit.zab.Membership;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the servers of an ensemble have in common: the real tree and the real session table, from transactions and snapshots. */
final class ReplicatedState {
    private static final int WALK_STEP = 1_000;
    private static final int MUTANT_PERIOD = 23;

    private final DataTree tree;
    private final SessionTable<ClientLink> sessions = new SessionTable<>();
    private final Mutant mutant;
    private long lastZxid;

    ReplicatedState(long hashSalt, Mutant mutant) {
        tree = new DataTree(new TreeOptions(true, true, hashSalt));
        this.mutant = mutant;
    }

    DataTree tree() {
        return tree;
    }

    SessionTable<ClientLink> sessions() {
        return sessions;
    }

    long lastZxid() {
        return lastZxid;
    }

    /** Applies a transaction, and sessions with it. */
    Outcome apply(StoredTxn stored, TreeListener listener) {
        LoggedTxn logged = TxnCodec.read(JuteReader.of(stored.record()));
        Txn txn = logged.txn();
        boolean chosen = Zxid.counter(stored.zxid()) % MUTANT_PERIOD == MUTANT_PERIOD - 1;
        if (mutant == Mutant.APPLY_SKIPS_ONE && chosen) {
            txn = new Txn.Rejected(-1);
        } else if (mutant == Mutant.FAILED_MULTI_HALF_DONE && txn instanceof Txn.Multi multi && multi.isRejected()) {
            txn = new Txn.Multi(multi.parts().stream()
                    .filter(part -> !(part instanceof Txn.Rejected))
                    .toList());
        }
        long sessionId = logged.header().sessionId();
        if (txn instanceof Txn.CreateSession create) {
            sessions.add(sessionId, create.timeoutMillis());
        } else if (txn instanceof Txn.CloseSession) {
            sessions.remove(sessionId);
            if (mutant == Mutant.EPHEMERALS_OUTLIVE_THEIR_SESSION) {
                txn = new Txn.Rejected(-1);
            }
        }
        Outcome outcome = tree.apply(logged.header(), txn, listener);
        lastZxid = stored.zxid();
        return outcome;
    }

    /** The bytes of a snapshot. */
    byte[] image() {
        JuteWriter writer = new JuteWriter(1024);
        writer.writeInt(sessions.size());
        sessions.forEach(session -> {
            writer.writeLong(session.id());
            writer.writeInt(session.timeoutMillis());
        });
        SnapshotWalk walk = tree.startWalk((path, content, dataOffset, dataLength, acl, stat) -> {
            writer.writeString(path);
            if (dataLength < 0) {
                writer.writeBuffer(null);
            } else {
                writer.writeBuffer(content, dataOffset, dataLength);
            }
            writer.writeAcls(acl);
            writeStat(writer, stat);
        });
        boolean complete = false;
        while (!complete) {
            complete = walk.step(WALK_STEP);
        }
        return writer.toByteArray();
    }

    private static void writeStat(JuteWriter writer, PersistedStat stat) {
        writer.writeLong(stat.czxid());
        writer.writeLong(stat.mzxid());
        writer.writeLong(stat.ctime());
        writer.writeLong(stat.mtime());
        writer.writeInt(stat.version());
        writer.writeInt(stat.cversion());
        writer.writeInt(stat.aversion());
        writer.writeLong(stat.ephemeralOwner());
        writer.writeLong(stat.pzxid());
    }

    private static PersistedStat readStat(JuteReader reader) {
        return new PersistedStat(
                reader.readLong(),
                reader.readLong(),
                reader.readLong(),
                reader.readLong(),
                reader.readInt(),
                reader.readInt(),
                reader.readInt(),
                reader.readLong(),
                reader.readLong());
    }

    private List<Acl> aclOf(JuteReader reader) {
        List<Acl> acl = List.copyOf(reader.readAcls());
        return mutant == Mutant.ACLS_LOST_BY_SNAPSHOTS ? Acl.OPEN_UNSAFE : acl;
    }

    /** The members that a snapshot holds, {@code null} when they have never been changed before it. */
    static @Nullable Membership membersIn(byte[] image) {
        JuteReader reader = JuteReader.of(image);
        for (int sessions = reader.readInt(); sessions > 0; sessions--) {
            reader.readLong();
            reader.readInt();
        }
        while (reader.remaining() > 0) {
            String path = reader.readRequiredString();
            byte[] data = reader.readBuffer();
            reader.readAcls();
            PersistedStat stat = readStat(reader);
            if (path.equals(ZnodePath.CONFIG) && data != null && data.length > 0) {
                return Membership.parse(data).withVersion(stat.mzxid());
            }
        }
        return null;
    }

    /** Becomes what a snapshot says, whatever it was before. */
    void load(long zxid, byte[] image) {
        List<Long> former = new ArrayList<>();
        sessions.forEach(session -> former.add(session.id()));
        former.forEach(sessions::remove);
        JuteReader reader = JuteReader.of(image);
        int count = reader.readInt();
        for (int i = 0; i < count; i++) {
            sessions.add(reader.readLong(), reader.readInt());
        }
        TreeLoader loader = tree.startLoad();
        while (reader.remaining() > 0) {
            String path = reader.readRequiredString();
            byte[] data = reader.readBuffer();
            loader.load(path, data == null ? null : ByteBuffer.wrap(data), aclOf(reader), readStat(reader));
        }
        loader.finish(zxid);
        lastZxid = zxid;
    }
}
