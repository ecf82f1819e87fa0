package io.zookit.consensus.zab;

import io.zookit.spi.storage.CorruptStorageException;
import io.zookit.spi.storage.LogReader;
import io.zookit.spi.storage.Storage;
import io.zookit.zab.Membership;
import io.zookit.zab.MembershipFormatException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The members an ensemble has agreed on, kept with the history they belong to: configuration files may be old, put back, or not writable.
 */
final class StoredMembership {
    private static final Logger LOG = LoggerFactory.getLogger(StoredMembership.class);
    private static final String NAME = "membership";

    private final Storage storage;

    StoredMembership(Storage storage) {
        this.storage = storage;
    }

    /** The newer one of what the configuration says and what is stored. */
    Membership newest(Membership configured) {
        byte[] value = storage.values().get(NAME);
        if (value == null) {
            return configured;
        }
        Membership stored;
        try {
            stored = Membership.parse(value);
        } catch (MembershipFormatException e) {
            throw new CorruptStorageException(storage.location() + ": the value " + NAME + " is no membership: "
                    + e.getMessage() + ". Replace this server's data by that of an empty server");
        }
        if (stored.version() <= configured.version()) {
            return configured;
        }
        if (!stored.withVersion(configured.version()).equals(configured)) {
            LOG.warn(
                    "the configuration names the servers {}, version {}; the ensemble has agreed on {}, version {}, and this server goes"
                            + " by that. Members are changed by reconfig, not in files",
                    configured.members().keySet(),
                    Long.toHexString(configured.version()),
                    stored.members().keySet(),
                    Long.toHexString(stored.version()));
        }
        return stored;
    }

    /**
     * What a server begins with.
     *
     * @param counts the members that are decided
     * @param undecided the newest reconfiguration in the log of which nobody here can tell whether it is decided, {@code null} for none
     */
    record Recovered(Membership counts, @Nullable Membership undecided) {}

    /**
     * Looks for reconfigurations in the log that are newer than a membership. What the newest snapshot holds is decided: a snapshot holds
     * what is committed, and may have become durable just before the members did. So is every one but the last: none is proposed before
     * the one before it is decided. What is found so is saved at once, since the log forgets. Before the log thread runs.
     */
    Recovered recover(Membership newest, long snapshotZxid) {
        Membership counts = newest;
        Membership undecided = null;
        try (LogReader reader = storage.log().read(newest.version())) {
            while (reader.next()) {
                Membership found = Membership.broughtBy(reader.zxid(), reader.record());
                if (found != null && reader.zxid() <= snapshotZxid) {
                    counts = found;
                } else if (found != null) {
                    counts = undecided == null ? counts : undecided;
                    undecided = found;
                }
            }
        }
        if (counts != newest) {
            save(counts);
        }
        return new Recovered(counts, undecided);
    }

    /** Makes it durable. On the log thread, after what was appended before; or before that thread runs. */
    void save(Membership membership) {
        storage.values().put(NAME, membership.text().getBytes(StandardCharsets.UTF_8));
    }
}
