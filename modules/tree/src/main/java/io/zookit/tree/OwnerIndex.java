package io.zookit.tree;

import io.zookit.model.EphemeralOwner;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/** Finds the znodes that go by themselves: ephemerals by their session, containers, TTL znodes. Each in the order they came. */
final class OwnerIndex {
    private final boolean extendedTypes;
    private final Map<Long, Set<String>> ephemerals = new LinkedHashMap<>();
    private final Set<String> containers = new LinkedHashSet<>();
    private final Set<String> ttlZnodes = new LinkedHashSet<>();
    private int ephemeralCount;

    OwnerIndex(boolean extendedTypes) {
        this.extendedTypes = extendedTypes;
    }

    /** Whether a raw owner is a session. */
    boolean isSession(long owner) {
        return extendedTypes
                ? EphemeralOwner.isSession(owner)
                : owner != EphemeralOwner.PERSISTENT && owner != EphemeralOwner.CONTAINER;
    }

    /** A znode came. */
    void add(String path, long owner) {
        if (owner == EphemeralOwner.PERSISTENT) {
            return;
        }
        if (isSession(owner)) {
            ephemerals.computeIfAbsent(owner, session -> new LinkedHashSet<>()).add(path);
            ephemeralCount++;
        } else {
            (owner == EphemeralOwner.CONTAINER ? containers : ttlZnodes).add(path);
        }
    }

    /** A znode that came goes. */
    void remove(String path, long owner) {
        if (owner == EphemeralOwner.PERSISTENT) {
            return;
        }
        if (isSession(owner)) {
            Set<String> paths = ephemerals.get(owner);
            if (paths != null && paths.remove(path)) {
                ephemeralCount--;
                if (paths.isEmpty()) {
                    ephemerals.remove(owner);
                }
            }
        } else {
            (owner == EphemeralOwner.CONTAINER ? containers : ttlZnodes).remove(path);
        }
    }

    int ephemeralCount() {
        return ephemeralCount;
    }

    Set<String> ephemerals(long sessionId) {
        return Collections.unmodifiableSet(ephemerals.getOrDefault(sessionId, Set.of()));
    }

    Map<Long, Set<String>> ephemeralsBySession() {
        return Collections.unmodifiableMap(ephemerals);
    }

    Collection<String> containers() {
        return Collections.unmodifiableCollection(containers);
    }

    Collection<String> ttlZnodes() {
        return Collections.unmodifiableCollection(ttlZnodes);
    }
}
