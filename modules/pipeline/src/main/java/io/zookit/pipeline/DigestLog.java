package io.zookit.pipeline;

import io.zookit.pipeline.words.ServerFacts.DigestAt;
import java.util.ArrayDeque;
import java.util.List;

/**
 * The digests of the tree after every 128th change, for {@code hash}: servers of one history have the same ones. Kept by the owner of
 * the state.
 */
final class DigestLog {
    /** Which changes are kept: the same on every server, so that lines can be compared. */
    private static final long INTERVAL = 128;

    private static final int ENTRIES_MAX = 1024;

    private final boolean enabled;
    private final ArrayDeque<DigestAt> entries = new ArrayDeque<>();

    /**
     * @param enabled whether the tree has a digest
     */
    DigestLog(boolean enabled) {
        this.enabled = enabled;
    }

    /** Whether the digest after this change is kept. */
    boolean keeps(long zxid) {
        return zxid % INTERVAL == 0 && enabled;
    }

    void add(long zxid, long digest) {
        if (entries.size() == ENTRIES_MAX) {
            entries.poll();
        }
        entries.add(new DigestAt(zxid, digest));
    }

    /** Oldest first. */
    List<DigestAt> entries() {
        return List.copyOf(entries);
    }
}
