package io.zookit.tree;

import io.zookit.model.Check;
import io.zookit.model.ZnodePath;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * Goes through the whole tree in small steps and captures it exactly as it was at the beginning, while transactions go on being
 * applied in between: a znode about to change or to go is captured first, its uncaptured ancestors before it. What was created
 * since the beginning is passed over.
 *
 * <p>The walk keeps a stack as deep as the tree, of the directories of one page at each depth, and nothing else; a mark on each znode says how far the walk is with it. Called by
 * the thread that owns the tree.
 */
public final class SnapshotWalk {
    /** A new znode means one more to pass over, and a part of one more page, in a directory the walk may be in. */
    private static final int VISITS_PER_CREATION = 2;

    private final ZnodeStore znodes;
    private final NodeCapture capture;
    private final long zxid;
    private final long digest;

    /** The mark of a znode that is captured, while its children may not be. */
    private final int captured;

    /** The mark of a znode that is captured and whose children the walk has begun with, or that is none of its business. */
    private final int entered;

    private final Deque<Directory> stack = new ArrayDeque<>();
    private int createdSinceStep;
    private boolean complete;

    SnapshotWalk(ZnodeStore znodes, NodeCapture capture, long zxid, int number) {
        this.znodes = znodes;
        this.capture = capture;
        this.zxid = zxid;
        digest = znodes.digest();
        captured = 2 * number;
        entered = 2 * number + 1;
    }

    /** The zxid of the state that is captured. */
    public long zxid() {
        return zxid;
    }

    /** The digest of the state that is captured. */
    public long digest() {
        return digest;
    }

    /** Whether every znode has been captured. */
    public boolean isComplete() {
        return complete;
    }

    /**
     * Goes on for a while. To what is asked for comes a little for each znode created since the last step, so that a directory
     * cannot grow faster than it is walked.
     *
     * @param nodesMax how many znodes to look at; at least 1. The page it ends in, some hundred znodes, is finished
     * @return whether the walk is complete; further steps then do nothing
     * @throws IllegalStateException when the walk was aborted
     */
    public boolean step(int nodesMax) {
        if (complete) {
            return true;
        }
        Check.state(znodes.walk() == this, "the snapshot walk was aborted: start another one");
        Znode root = znodes.root();
        if (root != null && root.walkMark() != entered) {
            visit(root, ZnodePath.ROOT);
        }
        long left = (long) nodesMax + createdSinceStep * (long) VISITS_PER_CREATION;
        createdSinceStep = 0;
        while (left > 0 && !complete) {
            left -= visitPage();
        }
        return complete;
    }

    /** Gives up; znodes captured so far are worthless. Does nothing when the walk is complete. */
    public void abort() {
        if (znodes.walk() == this) {
            znodes.walkAborted();
        }
    }

    /** Looks at one page of the innermost directory and returns how many znodes that were, an empty page being one. */
    private int visitPage() {
        Directory directory = stack.peekLast();
        if (directory == null) {
            complete = true;
            znodes.walkCompleted();
            return 1;
        }
        ChildTable children = directory.node.children();
        if (children == null || directory.position >= ChildTable.END) {
            stack.removeLast();
            return 1;
        }
        ChildPage page = children.page(directory.position);
        directory.position = children.after(directory.position);
        for (int slot = 0; slot < page.slots(); slot++) {
            Znode child = page.slot(slot);
            if (child != null
                    && child.walkMark() != entered
                    && (child.walkMark() != captured || child.children() != null)) {
                visit(child, directory.prefix + child.name());
            }
        }
        return 1 + page.size();
    }

    private void visit(Znode node, String path) {
        captureOnce(node, path);
        if (node.children() != null) {
            node.walkMark(entered);
            stack.addLast(new Directory(node, path.length() == 1 ? path : path + '/'));
        }
    }

    private void captureOnce(Znode node, String path) {
        if (node.walkMark() != captured && node.walkMark() != entered) {
            node.walkMark(captured);
            capture.node(path, node.content(), node.dataOffset(), node.dataLength(), node.acl(), node.persistedStat());
        }
    }

    /** A znode is new: neither it nor what will be below it is to be captured. */
    void created(Znode node) {
        createdSinceStep++;
        node.walkMark(entered);
    }

    /**
     * A znode is about to change. When it has been captured, so have its ancestors.
     *
     * @param path the first {@code length} characters are its path
     */
    void beforeChange(Znode node, String path, int length) {
        if (node.walkMark() == captured || node.walkMark() == entered) {
            return;
        }
        Znode ancestor = znodes.root();
        int end = 1;
        while (ancestor != null && ancestor != node) {
            captureOnce(ancestor, path.substring(0, end));
            int start = end == 1 ? 1 : end + 1;
            int slash = path.indexOf('/', start);
            end = slash < 0 || slash > length ? length : slash;
            ancestor = znodes.child(ancestor, path, start, end);
        }
        captureOnce(node, path.substring(0, length));
    }

    /** A directory the walk is in. Its table may grow meanwhile, and go altogether, but not shrink. */
    private static final class Directory {
        private final Znode node;
        private final String prefix;
        private long position;

        private Directory(Znode node, String prefix) {
            this.node = node;
            this.prefix = prefix;
        }
    }
}
