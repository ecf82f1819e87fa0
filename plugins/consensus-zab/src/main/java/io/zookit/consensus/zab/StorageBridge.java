package io.zookit.consensus.zab;

import io.zookit.model.Check;
import io.zookit.model.Zxid;
import io.zookit.spi.consensus.EnsembleReplica;
import io.zookit.spi.storage.Storage;
import io.zookit.spi.storage.StorageException;
import io.zookit.zab.ZabNode;
import java.util.function.Consumer;

/**
 * Carries out what the core wants of the storage, in the order in which it was asked for: everything is appended by the log thread,
 * or done on it after what was appended before. Its reports go back to the loop. Owned by the loop.
 */
final class StorageBridge {
    private final EnsembleReplica replica;
    private final Storage storage;
    private final StoredHistory history;
    private final EventLoop loop;
    private final Consumer<Consumer<ZabNode>> toNode;

    /** What is told to the node once the replica's state has been built anew. */
    private Consumer<ZabNode> afterReload = ZabNode::stateReloaded;

    /**
     * @param toNode hands an event to the node; called on the loop
     */
    StorageBridge(EnsembleReplica replica, StoredHistory history, EventLoop loop, Consumer<Consumer<ZabNode>> toNode) {
        this.replica = replica;
        this.storage = replica.storage();
        this.history = history;
        this.loop = loop;
        this.toNode = toNode;
    }

    void append(long zxid, byte[] record) {
        replica.log(zxid, record);
    }

    /** Everything up to a zxid is durable. Called on the log thread. */
    void logged(long zxid) {
        report(node -> node.appended(zxid));
    }

    void saveEpochs(long acceptedEpoch, long currentEpoch) {
        onLogThread(() -> {
            history.saveEpochs(acceptedEpoch, currentEpoch);
            report(node -> node.epochsSaved(acceptedEpoch, currentEpoch));
        });
    }

    void saveUnsynced(boolean unsynced) {
        onLogThread(() -> {
            history.saveUnsynced(unsynced);
            report(node -> node.unsyncedSaved(unsynced));
        });
    }

    /** Changes something beside the log, after what was appended before. */
    void store(Runnable work) {
        onLogThread(work);
    }

    void truncate(long zxid) {
        onLogThread(() -> {
            // Snapshots hold committed transactions only, and of these none is ever removed.
            Check.state(
                    history.newestSnapshot() <= zxid,
                    "there is a snapshot newer than " + Zxid.text(zxid) + ", where the log is to be cut");
            cut(zxid);
            report(node -> node.truncated(zxid));
        });
    }

    private void cut(long zxid) {
        boolean nothingStays = zxid == 0 || storage.log().firstZxid() > zxid;
        if (nothingStays && zxid != 0 && !storage.snapshots().zxids().contains(zxid)) {
            throw new StorageException(
                    storage.location() + ": the log cannot be cut after " + Zxid.text(zxid)
                            + ", before which it has nothing; empty this server's directories, it gets everything from the leader",
                    null);
        }
        storage.log().truncateAfter(nothingStays ? 0 : zxid);
        long last = storage.log().lastZxid();
        Check.state(last == (nothingStays ? 0 : zxid), "the log ends with " + Zxid.text(last) + " after it was cut");
    }

    void reload() {
        afterReload = ZabNode::stateReloaded;
        replica.reload();
    }

    /** The replica has built its state anew. On the loop. */
    void stateReloaded() {
        toNode.accept(afterReload);
    }

    /**
     * Puts the leader's snapshot, which is durable, in the place of the log, and has the state built from it. A crash before the log
     * is empty leaves it in a state that the next start completes, or one in which nothing has happened yet
     * ({@link StoredHistory#finishInstallation}). Called on the thread that has received it.
     */
    void install(long zxid) {
        loop.submit(() -> onLogThread(() -> {
            storage.log().truncateAfter(0);
            loop.submit(() -> {
                afterReload = node -> node.snapshotInstalled(zxid);
                replica.reload();
            });
        }));
    }

    /**
     * Tells the node something that may make it store something.
     *
     * @param done called on the log thread once that is durable
     */
    void settle(Consumer<ZabNode> event, Runnable done) {
        loop.submit(() -> {
            toNode.accept(event);
            onLogThread(done);
        });
    }

    private void onLogThread(Runnable work) {
        replica.afterLog(() -> {
            try {
                work.run();
            } catch (RuntimeException e) {
                failed(e);
            }
        });
    }

    /** The storage has failed, or we have a bug that would harm it: the node stops. Any thread. */
    void failed(RuntimeException failure) {
        String reason = String.valueOf(failure.getMessage());
        report(node -> node.storageFailed(reason));
    }

    /** Any thread. */
    void report(Consumer<ZabNode> event) {
        loop.submit(() -> toNode.accept(event));
    }
}
