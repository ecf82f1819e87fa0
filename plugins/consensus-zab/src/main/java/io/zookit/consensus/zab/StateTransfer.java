package io.zookit.consensus.zab;

import io.zookit.model.Zxid;
import io.zookit.spi.consensus.EnsembleReplica;
import io.zookit.spi.storage.CorruptStorageException;
import io.zookit.spi.storage.LogReader;
import io.zookit.spi.storage.SnapshotWriter;
import io.zookit.spi.storage.Storage;
import io.zookit.spi.storage.StorageException;
import io.zookit.wire.QuorumMessage;
import io.zookit.wire.WireFormatException;
import io.zookit.zab.History;
import io.zookit.zab.Membership;
import io.zookit.zab.ZabNode;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The long transfers: a part of the log or a snapshot to a learner, and a snapshot from a leader. They run on the threads of their
 * link; everything else here is owned by the loop.
 */
final class StateTransfer {
    private static final Logger LOG = LoggerFactory.getLogger(StateTransfer.class);

    private final EnsembleReplica replica;
    private final Storage storage;
    private final StoredHistory history;
    private final StorageBridge bridge;
    private final QuorumLinks links;
    private final int standstillMillis;

    /** Learners that wait for a snapshot to be taken, and how new it has to be. */
    private final Map<Long, Long> waiting = new LinkedHashMap<>();

    StateTransfer(
            EnsembleReplica replica,
            StoredHistory history,
            StorageBridge bridge,
            QuorumLinks links,
            int standstillMillis) {
        this.replica = replica;
        this.storage = replica.storage();
        this.history = history;
        this.bridge = bridge;
        this.links = links;
        this.standstillMillis = standstillMillis;
    }

    // ---- to a learner

    void sendLog(long name, long afterZxid, long throughZxid) {
        QuorumLink link = links.get(name);
        if (link != null) {
            link.stream(out -> {
                writeLog(out, afterZxid, throughZxid);
                bridge.report(node -> node.logSent(name));
            });
        }
    }

    private void writeLog(PacketOutput out, long afterZxid, long throughZxid) throws IOException {
        long previous = afterZxid;
        try (LogReader reader = storage.log().read(afterZxid)) {
            while (previous < throughZxid && reader.next() && reader.zxid() <= throughZxid) {
                long zxid = reader.zxid();
                if (!History.follows(zxid, previous)) {
                    break;
                }
                byte[] record = new byte[reader.record().remaining()];
                reader.record().get(record);
                out.write(new QuorumMessage.Proposal(zxid, record));
                out.write(new QuorumMessage.Commit(zxid));
                previous = zxid;
            }
        } catch (StorageException e) {
            throw new IOException(e.getMessage(), e);
        }
        if (previous < throughZxid) {
            // It has been purged meanwhile: the learner comes again, and the core knows better by then.
            long after = history.afterZxid();
            bridge.report(node -> node.purged(after));
            throw new IOException("the log does not hold what follows " + Zxid.text(previous) + " any more");
        }
    }

    void sendSnapshot(long name, long atLeastZxid) {
        QuorumLink link = links.get(name);
        if (link == null) {
            return;
        }
        long newest = history.newestSnapshot();
        if (newest >= atLeastZxid && newest != 0) {
            LOG.info("sending the snapshot of {} to {}", Zxid.text(newest), link.peer());
            link.stream(out -> writeSnapshot(out, name, newest));
        } else if (atLeastZxid == 0) {
            // There is no snapshot at all: the log reaches back to the beginning, and follows.
            link.stream(out -> {
                out.write(new QuorumMessage.Snap(0));
                new SnapshotStream(out).writeInitial();
                bridge.report(node -> node.snapshotSent(name, 0));
            });
        } else {
            waiting.put(name, atLeastZxid);
            replica.takeSnapshot(atLeastZxid);
        }
    }

    private void writeSnapshot(PacketOutput out, long name, long zxid) throws IOException {
        out.write(new QuorumMessage.Snap(zxid));
        try {
            new SnapshotStream(out).write(storage.snapshots(), zxid);
        } catch (CorruptStorageException e) {
            LOG.error("the snapshot of {} cannot be sent: {}", Zxid.text(zxid), e.getMessage());
            throw new IOException("the snapshot is damaged", e);
        } catch (StorageException e) {
            throw new IOException(e.getMessage(), e);
        }
        bridge.report(node -> node.snapshotSent(name, zxid));
    }

    /** The replica has taken a snapshot. */
    void snapshotTaken() {
        Map<Long, Long> learners = new LinkedHashMap<>(waiting);
        waiting.clear();
        learners.forEach(this::sendSnapshot);
    }

    /** The role has changed: nobody waits any more. */
    void roleChanged() {
        waiting.clear();
    }

    // ---- from a leader

    void receiveSnapshot(long name, long zxid) {
        QuorumLink link = links.get(name);
        if (link == null) {
            bridge.report(ZabNode::snapshotAbandoned);
            return;
        }
        LOG.info("taking the snapshot of {} from {}", Zxid.text(zxid), link.peer());
        link.receiveStream(new QuorumLink.StreamIn() {
            @Override
            public void readFrom(ByteIntake intake) throws IOException {
                receive(link, intake, zxid);
            }

            @Override
            public void abandoned() {
                bridge.report(ZabNode::snapshotAbandoned);
            }
        });
    }

    /** On the link's reader: durable when it returns, or nothing has changed. */
    private void receive(QuorumLink link, ByteIntake intake, long zxid) throws IOException {
        boolean complete = false;
        try {
            link.readTimeoutMillis(standstillMillis);
            if (history.newestSnapshot() > zxid) {
                throw new StorageException(
                        storage.location() + ": there is a snapshot newer than the leader's, " + Zxid.text(zxid)
                                + "; empty this server's directories, it gets everything from the leader",
                        null);
            }
            try (SnapshotWriter writer = storage.snapshots().write(zxid)) {
                Membership members = new SnapshotIntake(intake).read(writer);
                if (members != null) {
                    bridge.settle(node -> node.snapshotMembers(members), link::done);
                    link.awaitDone();
                }
                writer.end(null);
            }
            complete = true;
            bridge.install(zxid);
            link.readTimeoutMillis(0);
        } catch (WireFormatException | IOException e) {
            if (!complete) {
                LOG.warn("the leader's snapshot of {} did not come to its end: {}", Zxid.text(zxid), e.getMessage());
                bridge.report(ZabNode::snapshotAbandoned);
            }
            throw e;
        } catch (RuntimeException e) {
            bridge.failed(e);
            throw new IOException("the leader's snapshot cannot be kept", e);
        }
    }
}
