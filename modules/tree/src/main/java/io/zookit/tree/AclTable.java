package io.zookit.tree;

import io.zookit.model.Acl;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps one copy of every ACL in use: a million znodes mostly share a handful. By value, never by a number of our own. */
final class AclTable {
    private final Map<List<Acl>, SharedAcl> byValue = new HashMap<>();

    /** Znodes are created in runs with the same list: comparing with the last one saves the lookup. */
    private @Nullable SharedAcl last;

    /** The shared copy of a list, with one more znode that uses it. */
    SharedAcl use(List<Acl> acl) {
        SharedAcl shared = last;
        if (shared == null || !shared.list.equals(acl)) {
            shared = byValue.get(acl);
            if (shared == null) {
                shared = new SharedAcl(List.copyOf(acl));
                byValue.put(shared.list, shared);
            }
            last = shared;
        }
        shared.uses++;
        return shared;
    }

    /** One znode less uses the list; unused ones go. */
    void release(SharedAcl shared) {
        shared.uses--;
        if (shared.uses == 0) {
            byValue.remove(shared.list);
            if (last == shared) {
                last = null;
            }
        }
    }

    /** Number of distinct lists in use. */
    int size() {
        return byValue.size();
    }

    /** A list with the number of znodes that use it. */
    static final class SharedAcl {
        final List<Acl> list;
        private int uses;

        private SharedAcl(List<Acl> list) {
            this.list = list;
        }
    }
}
