package io.zookit.simulator;

import io.zookit.simulator.check.ReferenceTree;
import io.zookit.simulator.check.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The watches one client has open. I18: an event comes before the answer that shows the change, once, and a client that takes its
 * watches along to another server misses nothing.
 */
final class ClientWatches {
    private final Map<String, Open> open = new TreeMap<>();

    /**
     * A watch.
     *
     * @param sinceZxid changes after this one fire it
     * @param existed whether there was a znode
     * @param certain whether every change after {@code sinceZxid} has to fire it
     */
    private record Open(long sinceZxid, boolean existed, boolean certain) {}

    void set(String path, long zxid, boolean existed) {
        Open there = open.get(path);
        if (there == null || !there.certain()) {
            open.put(path, new Open(zxid, existed, true));
        } else {
            open.put(path, new Open(there.sinceZxid(), existed, true));
        }
    }

    void fired(long client, String path) {
        if (open.remove(path) == null) {
            throw new Violation("I18", "client " + client + " hears of " + path + " and has no watch there");
        }
    }

    /** An answer shows the state after a transaction. */
    void shown(long client, ReferenceTree reference, long zxid) {
        for (Map.Entry<String, Open> entry : open.entrySet()) {
            Open watch = entry.getValue();
            long change = reference.firstChangeAfter(entry.getKey(), watch.sinceZxid());
            if (watch.certain() && change != 0 && change <= zxid) {
                throw new Violation(
                        "I18",
                        "client " + client + " sees 0x" + Long.toHexString(zxid)
                                + " and has not heard of the change of " + entry.getKey() + " at 0x"
                                + Long.toHexString(change));
            }
        }
    }

    /** The watches go along to another connection: one of nothing may miss what came and went meanwhile. */
    ClientFrame.Rewatch bringAlong(long lastZxid) {
        List<String> data = new ArrayList<>();
        List<String> exists = new ArrayList<>();
        open.replaceAll((path, watch) -> {
            (watch.existed() ? data : exists).add(path);
            return watch.existed() ? watch : new Open(watch.sinceZxid(), false, false);
        });
        return new ClientFrame.Rewatch(lastZxid, List.copyOf(data), List.copyOf(exists));
    }

    /** The session is over, and its watches with it. */
    void clear() {
        open.clear();
    }
}
