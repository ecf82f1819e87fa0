package io.zookit.tree;

import io.zookit.model.Check;
import io.zookit.model.PersistedStat;
import io.zookit.model.Txn;
import io.zookit.model.TxnHeader;
import io.zookit.model.ZnodePath;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The tree as it will be once every transaction proposed so far has been applied: what a leader checks the next request against.
 *
 * <p>Only the difference to the committed tree is held. Each transaction is added when it is proposed and forgotten when the tree
 * has applied it, so with nothing in flight this is the tree. What it predicts is exactly what applying brings about, digest
 * included.
 *
 * <p>Owned by the thread that owns the tree.
 */
public final class PendingTree {
    private static final byte[] NO_BYTES = new byte[0];

    private final DataTree tree;

    /**
     * The last answer, for whoever asks again with the very same object: preparing a change looks where adding it looks too.
     * Forgotten with every change.
     */
    private @Nullable String lastPath;

    private @Nullable PendingZnode lastFound;

    /** The path of the last parent that was asked for, so that it is cut out once for both looks, and for its next children. */
    private String parentPath = ZnodePath.ROOT;

    /** The znode there, as long as {@link #isParentKnown}. */
    private @Nullable PendingZnode parent;

    private boolean isParentKnown;

    /** Where it differs: the latest prediction for each path. */
    private final Map<String, ChangedZnode> changed = new HashMap<>();

    /** All changes that are not forgotten, oldest first. */
    private final Deque<Change> changes = new ArrayDeque<>();

    /** The ephemerals among the creations in {@link #changes}, by session, oldest first. */
    private final Map<Long, Deque<String>> createdEphemerals = new HashMap<>();

    /** What the creations, deletions and data in {@link #changes} add to quotas, by the path that has the quota. */
    private final Map<String, QuotaChange> quotaChanges = new HashMap<>();

    private int forgottenChanges;
    private long appliedZxid = Long.MIN_VALUE;
    private long digest;

    /**
     * A view with nothing pending.
     *
     * @param tree the committed tree
     */
    public PendingTree(DataTree tree) {
        this.tree = tree;
    }

    /** The znode that will be at a path, {@code null} when there will be none. */
    public @Nullable PendingZnode find(String path) {
        if (path != lastPath) {
            lastFound = look(path);
            lastPath = path;
        }
        return lastFound;
    }

    /**
     * The znode that will be the parent of a path.
     *
     * @param path begins with {@code /}; it need not be legal otherwise
     * @return {@code null} when there will be none
     */
    public @Nullable PendingZnode findParent(String path) {
        int length = Math.max(path.lastIndexOf('/'), 1);
        if (parentPath.length() != length || !path.startsWith(parentPath)) {
            parentPath = path.substring(0, length);
            isParentKnown = false;
        }
        if (!isParentKnown) {
            ChangedZnode prediction = changed.get(parentPath);
            parent = prediction == null
                    ? tree.znodes().directory(parentPath, parentPath.length())
                    : existing(prediction);
            isParentKnown = true;
        }
        return parent;
    }

    private @Nullable PendingZnode look(String path) {
        ChangedZnode prediction = changed.get(path);
        return prediction == null ? tree.find(path) : existing(prediction);
    }

    private static @Nullable PendingZnode existing(ChangedZnode prediction) {
        return prediction.exists ? prediction : null;
    }

    private void forgetLast() {
        lastPath = null;
        lastFound = null;
        parent = null;
        isParentKnown = false;
    }

    /** The digest the tree will have; 0 when digests are disabled. */
    public long digest() {
        return changes.isEmpty() ? tree.digest() : digest;
    }

    /**
     * The paths of the ephemerals a session will own: the committed ones that stay, then the new ones, each in the order of their
     * creation. A new list.
     */
    public List<String> ephemerals(long sessionId) {
        Collection<String> committed = tree.ephemerals(sessionId);
        Deque<String> created = createdEphemerals.get(sessionId);
        if (created == null && (changed.isEmpty() || committed.isEmpty())) {
            return new ArrayList<>(committed);
        }
        Set<String> paths = new LinkedHashSet<>(committed);
        if (created != null) {
            paths.addAll(created);
        }
        paths.removeIf(path -> !isOwned(path, sessionId));
        return new ArrayList<>(paths);
    }

    /** The number of {@link #ephemerals}, at once; those that a proposed transaction deletes still count. */
    public int ephemeralCount(long sessionId) {
        Deque<String> created = createdEphemerals.get(sessionId);
        return tree.znodes().owners.ephemeralCount(sessionId) + (created == null ? 0 : created.size());
    }

    /** The quota a znode counts for, or would if it existed; {@code null} when there is none. */
    public @Nullable QuotaUse quota(String path) {
        Quotas quotas = tree.znodes().quotas;
        Quotas.Quota quota = quotas.isEmpty() ? null : quotas.covering(path);
        if (quota == null) {
            return null;
        }
        PendingZnode limits = find(quota.limitsPath());
        PendingZnode stats = tree.find(quota.statsPath());
        if (limits == null || stats == null) {
            return null;
        }
        QuotaNumbers used = QuotaNumbers.of(stats);
        QuotaChange proposed = quotaChanges.getOrDefault(quota.path(), QuotaChange.NONE);
        return new QuotaUse(
                quota.path(), QuotaNumbers.of(limits), used.count() + proposed.count, used.bytes() + proposed.bytes);
    }

    private boolean isOwned(String path, long sessionId) {
        ChangedZnode prediction = changed.get(path);
        return prediction == null
                || (prediction.exists && prediction.isEphemeral() && prediction.ephemeralOwner() == sessionId);
    }

    /** Where {@link #rollback} can go back to. */
    public int mark() {
        return forgottenChanges + changes.size();
    }

    /**
     * Undoes everything added since a mark, exactly.
     *
     * @param mark from {@link #mark}
     */
    public void rollback(int mark) {
        forgetLast();
        Check.state(mark() - mark >= 0, "rollback to a mark that is not reached yet");
        while (mark() != mark && !changes.isEmpty()) {
            Change change = changes.removeLast();
            ChangedZnode former = change.former;
            if (former != null && former.zxid > appliedZxid) {
                changed.put(change.path, former);
            } else {
                changed.remove(change.path);
            }
            digest = change.formerDigest;
            forgetQuotaChange(change.quotaChange);
            if (change.createsEphemeral) {
                forgetEphemeral(change, false);
            }
        }
    }

    /**
     * Forgets what the tree now holds.
     *
     * @param zxid the last transaction the tree has applied
     */
    public void applied(long zxid) {
        forgetLast();
        appliedZxid = Math.max(appliedZxid, zxid);
        Change oldest = changes.peekFirst();
        while (oldest != null && oldest.now.zxid <= zxid) {
            changes.removeFirst();
            forgottenChanges++;
            changed.remove(oldest.path, oldest.now);
            forgetQuotaChange(oldest.quotaChange);
            if (oldest.createsEphemeral) {
                forgetEphemeral(oldest, true);
            }
            oldest = changes.peekFirst();
        }
    }

    /** Forgets everything: what was proposed will not be applied, or the tree is another. Marks lose their meaning. */
    public void clear() {
        forgetLast();
        changed.clear();
        changes.clear();
        createdEphemerals.clear();
        quotaChanges.clear();
        forgottenChanges = 0;
        appliedZxid = Long.MIN_VALUE;
    }

    /**
     * Adds a transaction that is about to be proposed. The parts of a multi may be added one by one, with its header, instead of
     * the multi as a whole.
     *
     * @throws IllegalStateException when it deletes a znode that will have children
     */
    public void add(TxnHeader header, Txn txn) {
        if (txn instanceof Txn.SetData set) {
            setData(header, set);
        } else if (txn instanceof Txn.Create create) {
            create(header, create);
        } else if (txn instanceof Txn.Delete delete) {
            delete(header.zxid(), delete.path());
        } else if (txn instanceof Txn.SetAcl setAcl) {
            setAcl(header, setAcl);
        } else if (txn instanceof Txn.CloseSession close) {
            closeSession(header, close);
        } else if (txn instanceof Txn.Multi multi && !multi.isRejected()) {
            for (Txn part : multi.parts()) {
                add(header, part);
            }
        }
    }

    private void create(TxnHeader header, Txn.Create create) {
        String path = create.path();
        PendingZnode existing = find(path);
        PendingZnode above = path.startsWith("/") ? findParent(path) : null;
        if (above == null) {
            return;
        }
        if (existing != null) {
            put(path, existing, new ChangedZnode(existing, header.zxid()).withAcl(create.acl(), existing.aversion()));
            changeChildren(parentPath, find(parentPath), 0, create.parentCversion(), header.zxid());
            return;
        }
        changeChildren(parentPath, above, 1, DataTree.cversionAfter(create, above), header.zxid());
        byte[] data = create.data();
        byte[] bytes = data == null ? NO_BYTES : data;
        PersistedStat stat = DataTree.statAtBirth(header, create);
        boolean ephemeral = tree.znodes().owners.isSession(stat.ephemeralOwner());
        ChangedZnode node = new ChangedZnode(stat, ephemeral, create.acl(), bytes, data == null ? -1 : bytes.length);
        node.contentCrc = contentCrc(path, bytes);
        put(path, null, node);
    }

    private void changeChildren(String path, @Nullable PendingZnode node, int added, int cversion, long zxid) {
        if (node == null) {
            return;
        }
        boolean forward = cversion > node.cversion();
        if (forward || added != 0) {
            ChangedZnode now = new ChangedZnode(node, zxid)
                    .withChildren(
                            node.childCount() + added,
                            forward ? cversion : node.cversion(),
                            forward ? zxid : node.pzxid());
            put(path, node, now);
        }
    }

    private void delete(long zxid, String path) {
        PendingZnode node = find(path);
        PendingZnode above = path.length() > 1 && path.startsWith("/") ? findParent(path) : null;
        if (above == null) {
            return;
        }
        Check.state(node == null || node.childCount() == 0, "a proposed deletion of a znode with children");
        if (node != null || zxid > above.pzxid()) {
            ChangedZnode now = new ChangedZnode(above, zxid)
                    .withChildren(
                            above.childCount() - (node == null ? 0 : 1),
                            above.cversion(),
                            Math.max(zxid, above.pzxid()));
            put(parentPath, above, now);
        }
        if (node != null) {
            put(path, node, new ChangedZnode(node, zxid).gone());
        }
    }

    private void setData(TxnHeader header, Txn.SetData set) {
        String path = set.path();
        PendingZnode node = find(path);
        if (node == null) {
            return;
        }
        byte[] data = set.data();
        byte[] bytes = data == null ? NO_BYTES : data;
        ChangedZnode now = new ChangedZnode(node, header.zxid())
                .withData(bytes, data == null ? -1 : bytes.length, set.version(), header.timeMillis());
        now.contentCrc = contentCrc(path, bytes);
        put(path, node, now);
    }

    private void setAcl(TxnHeader header, Txn.SetAcl setAcl) {
        PendingZnode node = find(setAcl.path());
        if (node != null) {
            ChangedZnode now = new ChangedZnode(node, header.zxid()).withAcl(setAcl.acl(), setAcl.aversion());
            put(setAcl.path(), node, now);
        }
    }

    private void closeSession(TxnHeader header, Txn.CloseSession close) {
        List<String> listed = close.paths();
        if (listed != null) {
            for (String path : listed) {
                delete(header.zxid(), path);
            }
        }
        for (String path : ephemerals(header.sessionId())) {
            delete(header.zxid(), path);
        }
    }

    /** Records one change, from what will be there before to what will be there after. */
    private void put(String path, @Nullable PendingZnode before, ChangedZnode now) {
        forgetLast();
        long formerDigest = digest();
        digest = formerDigest - digestPart(path, before) + digestPart(path, now);
        boolean createsEphemeral = before == null && now.isEphemeral();
        QuotaChange quotaChange = tree.znodes().quotas.isEmpty() ? null : quotaChange(path, before, now);
        changes.addLast(new Change(path, changed.put(path, now), now, formerDigest, createsEphemeral, quotaChange));
        if (createsEphemeral) {
            createdEphemerals
                    .computeIfAbsent(now.ephemeralOwner(), session -> new ArrayDeque<>())
                    .addLast(path);
        }
    }

    private @Nullable QuotaChange quotaChange(String path, @Nullable PendingZnode before, ChangedZnode now) {
        Quotas.Quota quota = tree.znodes().quotas.covering(path);
        if (quota == null) {
            return null;
        }
        QuotaChange change = new QuotaChange(
                quota.path(),
                (now.exists ? 1 : 0) - (before == null ? 0 : 1),
                (now.exists ? bytes(now) : 0) - (before == null ? 0 : bytes(before)));
        if (change.count == 0 && change.bytes == 0) {
            return null;
        }
        quotaChanges.merge(quota.path(), change, QuotaChange::plus);
        return change;
    }

    private static long bytes(PendingZnode node) {
        return Math.max(0, node.dataLength());
    }

    private void forgetQuotaChange(@Nullable QuotaChange change) {
        if (change != null) {
            quotaChanges.compute(change.path, (path, sum) -> (sum == null ? QuotaChange.NONE : sum).minus(change));
        }
    }

    private void forgetEphemeral(Change change, boolean oldest) {
        long session = change.now.ephemeralOwner();
        Deque<String> paths = createdEphemerals.get(session);
        if (paths != null) {
            if (oldest) {
                paths.removeFirst();
            } else {
                paths.removeLast();
            }
            if (paths.isEmpty()) {
                createdEphemerals.remove(session);
            }
        }
    }

    private int contentCrc(String path, byte[] data) {
        return counts(path) ? tree.znodes().nodeDigest.contentCrc(path, data, 0, data.length) : 0;
    }

    private long digestPart(String path, @Nullable PendingZnode node) {
        if (node == null || (node instanceof ChangedZnode now && !now.exists) || !counts(path)) {
            return 0;
        }
        return tree.znodes().nodeDigest.of(ChangedZnode.contentCrc(node), node);
    }

    private boolean counts(String path) {
        return tree.options().digestEnabled() && NodeDigest.counts(path);
    }

    /**
     * One change of one znode.
     *
     * @param former the prediction it replaced, {@code null} when the committed tree was right until then
     * @param formerDigest the digest before it
     * @param quotaChange what it adds to a quota, {@code null} for nothing
     */
    private record Change(
            String path,
            @Nullable ChangedZnode former,
            ChangedZnode now,
            long formerDigest,
            boolean createsEphemeral,
            @Nullable QuotaChange quotaChange) {}

    /** Znodes and bytes that are added to a quota. */
    private record QuotaChange(String path, long count, long bytes) {
        static final QuotaChange NONE = new QuotaChange("", 0, 0);

        QuotaChange plus(QuotaChange other) {
            return new QuotaChange(path, count + other.count, bytes + other.bytes);
        }

        /** What is left; {@code null}, which removes it from a map, when that is nothing. */
        @Nullable
        QuotaChange minus(QuotaChange other) {
            QuotaChange left = new QuotaChange(other.path, count - other.count, bytes - other.bytes);
            return left.count == 0 && left.bytes == 0 ? null : left;
        }
    }
}
