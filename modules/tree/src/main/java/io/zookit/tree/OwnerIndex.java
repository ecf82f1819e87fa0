package io.zookit.tree;

import io.zookit.model.EphemeralOwner;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Finds the znodes that go by themselves: ephemerals by their session, in the order they came; containers; TTL znodes. */
final class OwnerIndex {
    private final boolean extendedTypes;
    private final Map<Long, Set<String>> ephemerals = new LinkedHashMap<>();
    private final PathList containers = new PathList();
    private final PathList ttlZnodes = new PathList();
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

    int ephemeralCount(long sessionId) {
        return ephemerals.getOrDefault(sessionId, Set.of()).size();
    }

    Set<String> ephemerals(long sessionId) {
        return Collections.unmodifiableSet(ephemerals.getOrDefault(sessionId, Set.of()));
    }

    Map<Long, Set<String>> ephemeralsBySession() {
        return Collections.unmodifiableMap(ephemerals);
    }

    List<String> containers() {
        return containers.view();
    }

    List<String> ttlZnodes() {
        return ttlZnodes.view();
    }
}
