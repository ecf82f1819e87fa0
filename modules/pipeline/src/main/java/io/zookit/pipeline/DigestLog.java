package io.zookit.pipeline;

import io.zookit.model.Zxid;
import io.zookit.pipeline.words.ServerFacts.DigestAt;
import io.zookit.wire.LoggedTxn;
import java.util.ArrayDeque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The digests of the tree: after every 128th change for {@code hash}, since servers of one history have the same ones, and compared with
 * what the leader has recorded, so that a server which has come apart from its leader says so. Kept by the owner of the state.
 */
final class DigestLog {
    /** Which changes are kept: the same on every server, so that lines can be compared. */
    private static final long INTERVAL = 128;

    private static final int ENTRIES_MAX = 1024;

    private static final Logger LOG = LoggerFactory.getLogger(DigestLog.class);

    private final boolean enabled;
    private final ArrayDeque<DigestAt> entries = new ArrayDeque<>();

    private final DigestComparison comparison;

    /**
     * @param enabled whether the tree has a digest
     * @param exact whether the tree is known to be the one that was recorded
     */
    DigestLog(boolean enabled, boolean exact) {
        this.enabled = enabled;
        this.comparison = new DigestComparison(exact);
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

    /** Compares with the leader's digest after the same change. */
    void compare(long zxid, LoggedTxn.Digest recorded, long digest) {
        if (enabled && comparison.comesApart(recorded, digest)) {
            LOG.error(
                    "after {} the tree here is another than the leader's: digest {}, the leader's {}. One of them gives wrong answers;"
                            + " hash of the other servers says which one. Empty its directories: it gets everything from a leader",
                    Zxid.text(zxid),
                    Long.toUnsignedString(digest),
                    Long.toUnsignedString(recorded.value()));
        }
    }

    /** How the tree compares with the leader's. */
    DigestComparison comparison() {
        return comparison;
    }
}
