package io.zookit.zab;

/**
 * How many servers a leader has, and how far they are. A server that does not lead has none.
 *
 * @param learners links of learners, however far they are
 * @param syncedVoters followers with a vote that have the history
 * @param syncedNonVoters followers without a vote that have it
 * @param syncedObservers observers that have it
 * @param pendingSyncs syncs that are not answered yet
 */
public record LearnerCounts(
        int learners, int syncedVoters, int syncedNonVoters, int syncedObservers, int pendingSyncs) {
    static final LearnerCounts NONE = new LearnerCounts(0, 0, 0, 0, 0);
}
