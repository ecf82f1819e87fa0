package io.zookit.tree;

import io.zookit.model.ZnodePath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds the quota that a znode counts for, and keeps what is used of it in the znode {@code zookeeper_stats} beside the limits.
 * That text is no transaction: every server writes it as a consequence of others, without a change of version or time, and the
 * digest leaves it out. A quota exists while its znode {@code zookeeper_limits} does; the deepest one above a znode is the one it
 * counts for.
 */
final class Quotas {
    private static final String PREFIX = ZnodePath.QUOTA + "/";
    private static final String LIMITS = "/zookeeper_limits";
    private static final String STATS = "/zookeeper_stats";

    private final ZnodeStore znodes;
    private final Map<String, Quota> byPath = new HashMap<>();

    Quotas(ZnodeStore znodes) {
        this.znodes = znodes;
    }

    /** A quota: whose it is and where its two znodes are. */
    record Quota(String path, String limitsPath, String statsPath) {
        static Quota of(String path) {
            return new Quota(path, ZnodePath.QUOTA + path + LIMITS, ZnodePath.QUOTA + path + STATS);
        }
    }

    /** Whether there is none: the question before all others. */
    boolean isEmpty() {
        return byPath.isEmpty();
    }

    /** The quota that the znode at a path counts for. */
    @Nullable
    Quota covering(String path) {
        for (int end = path.length(); end > 0; end = path.lastIndexOf('/', end - 1)) {
            Quota quota = byPath.get(path.substring(0, end));
            if (quota != null) {
                return quota;
            }
        }
        return null;
    }

    /** A transaction has created a znode: the limits begin a quota, the stats begin to tell what is used. */
    void created(String path) {
        if (!path.startsWith(PREFIX)) {
            return;
        }
        String limited = owner(path, LIMITS);
        String counted = owner(path, STATS);
        if (!limited.isEmpty()) {
            byPath.put(limited, Quota.of(limited));
        } else if (!counted.isEmpty()) {
            measure(Quota.of(counted));
        }
    }

    /** A znode goes: with its limits, a quota does. */
    void removed(String path) {
        if (path.startsWith(PREFIX)) {
            byPath.remove(owner(path, LIMITS));
        }
    }

    /** Whose quota a znode below {@link #PREFIX} describes; empty for any other znode, and for the root, which has no quota. */
    private static String owner(String path, String name) {
        return path.endsWith(name) ? path.substring(ZnodePath.QUOTA.length(), path.length() - name.length()) : "";
    }

    /** The tree was loaded: finds the quotas and measures what is used of each. */
    void loaded() {
        Znode quotas = znodes.find(ZnodePath.QUOTA, ZnodePath.QUOTA.length());
        Deque<ZnodeStore.Located> left = new ArrayDeque<>();
        if (quotas != null) {
            left.addLast(new ZnodeStore.Located(ZnodePath.QUOTA, quotas));
        }
        while (!left.isEmpty()) {
            ZnodeStore.Located located = left.removeLast();
            String limited = owner(located.path(), LIMITS);
            if (!limited.isEmpty()) {
                byPath.put(limited, Quota.of(limited));
                measure(Quota.of(limited));
            }
            located.addChildrenTo(left);
        }
    }

    /** Znodes or bytes more or less at a path. */
    void changed(String path, long countAdded, long bytesAdded) {
        Quota quota = covering(path);
        if (quota != null) {
            String statsPath = quota.statsPath();
            Znode stats = znodes.find(statsPath, statsPath.length());
            if (stats != null) {
                store(stats, statsPath, QuotaNumbers.of(stats).plus(countAdded, bytesAdded));
            }
        }
    }

    private void measure(Quota quota) {
        Znode stats = znodes.find(quota.statsPath(), quota.statsPath().length());
        if (stats == null) {
            return;
        }
        long count = 0;
        long bytes = 0;
        Deque<Znode> left = new ArrayDeque<>();
        Znode top = znodes.find(quota.path(), quota.path().length());
        if (top != null) {
            left.addLast(top);
        }
        while (!left.isEmpty()) {
            Znode node = left.removeLast();
            count++;
            bytes += node.dataBytes();
            ChildTable children = node.children();
            if (children != null) {
                children.forEach(left::addLast);
            }
        }
        store(stats, quota.statsPath(), QuotaNumbers.of(count, bytes));
    }

    private void store(Znode stats, String statsPath, QuotaNumbers numbers) {
        znodes.rewriteData(stats, statsPath, numbers.text().getBytes(StandardCharsets.UTF_8));
    }
}
