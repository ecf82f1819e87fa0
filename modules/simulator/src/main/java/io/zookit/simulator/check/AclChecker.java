package io.zookit.simulator.check;

import io.zookit.model.Acl;
import io.zookit.model.Id;
import io.zookit.model.Txn;
import io.zookit.model.Zxid;
import io.zookit.simulator.storage.StoredTxn;
import io.zookit.wire.LoggedTxn;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * I19: whether somebody may do something follows from the znode's list as the committed history has it, on every server alike, before
 * and after a restart.
 */
final class AclChecker implements Checker {
    /** By path: its list from a transaction on; none where there is no znode. */
    private final Map<String, TreeMap<Long, List<Acl>>> lists = new HashMap<>();

    @Override
    public void applied(ServerView server, StoredTxn txn, LoggedTxn logged, long digest, boolean isNew) {
        if (isNew) {
            apply(txn.zxid(), logged.txn());
        }
    }

    private void apply(long zxid, Txn txn) {
        if (txn instanceof Txn.Create create) {
            put(create.path(), zxid, create.acl());
        } else if (txn instanceof Txn.SetAcl set) {
            put(set.path(), zxid, set.acl());
        } else if (txn instanceof Txn.Multi multi && !multi.isRejected()) {
            multi.parts().forEach(part -> apply(zxid, part));
        }
    }

    private void put(String path, long zxid, List<Acl> acl) {
        lists.computeIfAbsent(path, key -> new TreeMap<>()).put(zxid, acl);
    }

    @Override
    public void decided(String path, long zxid, int permission, Id identity, boolean allowed) {
        TreeMap<Long, List<Acl>> ofPath = lists.get(path);
        Map.Entry<Long, List<Acl>> entry = ofPath == null ? null : ofPath.floorEntry(zxid);
        if (entry == null) {
            return;
        }
        boolean expected = entry.getValue().stream()
                .anyMatch(acl -> (acl.permissions() & permission) != 0
                        && (acl.id().equals(Id.ANYONE) || acl.id().equals(identity)));
        if (expected != allowed) {
            throw new Violation(
                    "I19",
                    identity + (allowed ? " was allowed " : " was denied ") + permission + " at " + path + " after "
                            + Zxid.text(zxid) + ", where there is " + entry.getValue());
        }
    }
}
