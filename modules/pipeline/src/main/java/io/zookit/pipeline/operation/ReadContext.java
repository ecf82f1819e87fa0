package io.zookit.pipeline.operation;

import io.zookit.model.ErrorCode;
import io.zookit.model.Permissions;
import io.zookit.model.ZnodePath;
import io.zookit.tree.DataTree;
import io.zookit.tree.Znode;
import io.zookit.watch.WatchTable;
import io.zookit.watch.WatcherType;
import org.jspecify.annotations.Nullable;

/**
 * What a read may look at.
 *
 * @param tree the committed state
 * @param watches who watches what
 * @param access who may do what
 * @param caller who asks
 * @param limits how much one client may have
 */
public record ReadContext(
        DataTree tree, WatchTable<Caller> watches, AccessControl access, Caller caller, RequestLimits limits) {
    /**
     * The znode at a path, {@code null} when there is none or the client named none. The empty path reads the root (client protocol:
     * it always has); writes refuse it.
     */
    @Nullable
    Znode find(@Nullable String path) {
        return path == null ? null : tree.find(path.isEmpty() ? ZnodePath.ROOT : path);
    }

    /** Sets a one-shot watch for the caller if it asks for one: OK, or why not. */
    ErrorCode watch(boolean wished, String path, WatcherType type) {
        if (!wished) {
            return ErrorCode.OK;
        }
        ErrorCode mayWatch = limits.mayWatch(watches, path, type, caller);
        if (mayWatch == ErrorCode.OK) {
            if (type == WatcherType.CHILDREN) {
                watches.addChild(path, caller);
            } else {
                watches.addData(path, caller);
            }
        }
        return mayWatch;
    }

    /**
     * Whether the caller may read a znode: OK, or why not.
     *
     * @param path what the client named
     * @param node what {@link #find} found there
     */
    ErrorCode mayRead(@Nullable String path, @Nullable Znode node) {
        if (node == null) {
            return path == null ? ErrorCode.MARSHALLING_ERROR : ErrorCode.NO_NODE;
        }
        return access.allows(node.acl(), Permissions.READ, caller.identities()) ? ErrorCode.OK : ErrorCode.NO_AUTH;
    }
}
