package io.zookit.zab;

import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Where an ensemble stands, as one of its servers sees it. Immutable.
 *
 * @param membership the members that count
 * @param proposed the members that are under way, {@code null} when none are
 * @param synced the servers, this one among them, that have the history of this server while it leads, follow it and would acknowledge;
 *     those among them that are no members wait to be added. Empty while it does not lead
 */
public record Standing(Membership membership, @Nullable Membership proposed, SortedSet<Long> synced) {
    /** Keeps a copy of the set. */
    public Standing {
        synced = Collections.unmodifiableSortedSet(new TreeSet<>(synced));
    }
}
