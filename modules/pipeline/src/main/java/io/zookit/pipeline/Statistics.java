package io.zookit.pipeline;

import io.zookit.pipeline.words.ServerFacts.ProposalSizes;

/**
 * What the server counts for four-letter words. Kept by the owner of the state, but for the summaries that say which thread adds to
 * them.
 */
final class Statistics {
    /** In the place of a size when there was nothing that had one. */
    private static final long NONE = -1;

    private final LatencySummary readLatency = new LatencySummary();
    private final LatencySummary updateLatency = new LatencySummary();
    private final Summary responseBytes = new Summary();
    private final Summary proposalBytes = new Summary();
    private final Summary syncMillis = new Summary();
    private final Summary syncBatch = new Summary();
    private final Summary snapshotMillis = new Summary();
    private final Summary createdWatches = new Summary();
    private final Summary deletedWatches = new Summary();
    private final Summary changedWatches = new Summary();
    private final Summary childrenWatches = new Summary();

    private long received;
    private long sent;
    private long lastResponseBytes;
    private long watchBytes;
    private long lastProposalBytes = NONE;
    private long bytesOfGoneConnections;
    private long bytesBeforeReset;
    private long connectRequests;
    private long sessionsExpired;
    private long connectionsWithoutSessionExpired;

    void countReceived() {
        received++;
    }

    void countConnectRequest() {
        connectRequests++;
    }

    void countSessionExpired() {
        sessionsExpired++;
    }

    void countConnectionWithoutSessionExpired() {
        connectionsWithoutSessionExpired++;
    }

    /** A connection is gone that had sent us so many bytes. */
    void countGone(long bytes) {
        bytesOfGoneConnections += bytes;
    }

    /** A reply leaves. */
    void countReply(int bytes) {
        sent++;
        lastResponseBytes = bytes;
        responseBytes.add(bytes);
    }

    /** A transaction is proposed. */
    void countProposal(int bytes) {
        lastProposalBytes = bytes;
        proposalBytes.add(bytes);
    }

    /** A watch event leaves. */
    void countEvent(int bytes) {
        sent++;
        watchBytes += bytes;
    }

    /** The answer to a connect request leaves. */
    void countConnected() {
        sent++;
    }

    /** A request was answered. */
    void latency(long nanos, boolean update) {
        (update ? updateLatency : readLatency).add(nanos);
    }

    /**
     * Begins anew, as {@code srst} asks for.
     *
     * @param bytesReceived by all connections since the start
     */
    void reset(long bytesReceived) {
        bytesBeforeReset = bytesReceived;
        readLatency.reset();
        updateLatency.reset();
        responseBytes.reset();
        proposalBytes.reset();
        lastProposalBytes = NONE;
        syncMillis.reset();
        syncBatch.reset();
        snapshotMillis.reset();
        createdWatches.reset();
        deletedWatches.reset();
        changedWatches.reset();
        childrenWatches.reset();
        received = 0;
        sent = 0;
        lastResponseBytes = 0;
        watchBytes = 0;
        connectRequests = 0;
        sessionsExpired = 0;
        connectionsWithoutSessionExpired = 0;
    }

    LatencySummary readLatency() {
        return readLatency;
    }

    LatencySummary updateLatency() {
        return updateLatency;
    }

    Summary responseBytes() {
        return responseBytes;
    }

    /** How long the log took to make a batch durable. The log thread adds. */
    Summary syncMillis() {
        return syncMillis;
    }

    /** How many transactions one batch had. The log thread adds. */
    Summary syncBatch() {
        return syncBatch;
    }

    /** How long a snapshot took. The thread that writes it adds. */
    Summary snapshotMillis() {
        return snapshotMillis;
    }

    /** How many were told that a znode was created. */
    Summary createdWatches() {
        return createdWatches;
    }

    /** How many were told that a znode was deleted. */
    Summary deletedWatches() {
        return deletedWatches;
    }

    /** How many were told that the data of a znode was set. */
    Summary changedWatches() {
        return changedWatches;
    }

    /** How many were told that the children of a znode are others. */
    Summary childrenWatches() {
        return childrenWatches;
    }

    long received() {
        return received;
    }

    long sent() {
        return sent;
    }

    long lastResponseBytes() {
        return lastResponseBytes;
    }

    /** What was proposed here. */
    ProposalSizes proposalSizes() {
        return proposalBytes.count() == 0
                ? new ProposalSizes(NONE, NONE, NONE)
                : new ProposalSizes(lastProposalBytes, proposalBytes.min(), proposalBytes.max());
    }

    long watchBytes() {
        return watchBytes;
    }

    /** What {@link #reset} was told last. */
    long bytesBeforeReset() {
        return bytesBeforeReset;
    }

    long bytesOfGoneConnections() {
        return bytesOfGoneConnections;
    }

    long connectRequests() {
        return connectRequests;
    }

    long sessionsExpired() {
        return sessionsExpired;
    }

    long connectionsWithoutSessionExpired() {
        return connectionsWithoutSessionExpired;
    }
}
