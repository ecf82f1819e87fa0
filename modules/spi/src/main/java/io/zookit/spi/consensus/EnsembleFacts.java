package io.zookit.spi.consensus;

/**
 * Where an ensemble stands, as one of its servers sees it: what monitoring asks for.
 *
 * @param voters how many members vote
 * @param leader the number of the server that leads, -1 for none
 * @param learners while leading: servers with a link to this one, however far they are; else 0, and so the rest
 * @param syncedFollowers those of them that have the history and do not observe
 * @param syncedNonVotingFollowers those of the synced followers that have no vote
 * @param syncedObservers the observers that have the history
 * @param pendingSyncs syncs of clients that are not answered yet
 */
public record EnsembleFacts(
        int voters,
        long leader,
        int learners,
        int syncedFollowers,
        int syncedNonVotingFollowers,
        int syncedObservers,
        int pendingSyncs) {}
