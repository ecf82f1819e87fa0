package io.zookit.tree;

import io.zookit.model.Acl;
import io.zookit.model.Id;
import io.zookit.model.OpCode;
import io.zookit.model.Stat;
import io.zookit.model.Txn;
import io.zookit.model.TxnHeader;
import java.util.ArrayList;
import java.util.List;

/** A tree, what was heard of it, and short words for transactions. */
abstract class DataTreeFixture {
    static final long SESSION = 0x1_0000_0042L;
    static final List<Acl> OPEN = Acl.OPEN_UNSAFE;
    static final List<Acl> DIGEST = List.of(new Acl(31, new Id("digest", "u:h")));

    final DataTree tree = new DataTree(new TreeOptions(true, true));
    final Recorder heard = new Recorder();

    static final class Recorder implements TreeListener {
        final List<String> events = new ArrayList<>();

        @Override
        public void created(String path, List<Acl> acl, String parentPath, List<Acl> parentAcl) {
            events.add("created " + path + " " + name(acl) + " in " + parentPath + " " + name(parentAcl));
        }

        @Override
        public void deleted(String path, List<Acl> acl, String parentPath, List<Acl> parentAcl) {
            events.add("deleted " + path + " " + name(acl) + " in " + parentPath + " " + name(parentAcl));
        }

        @Override
        public void dataChanged(String path, List<Acl> acl) {
            events.add("changed " + path + " " + name(acl));
        }

        private static String name(List<Acl> acl) {
            return acl.equals(OPEN) ? "open" : acl.equals(DIGEST) ? "digest" : "other";
        }
    }

    Outcome apply(long zxid, Txn txn) {
        return tree.apply(new TxnHeader(SESSION, 3, zxid, 1000 + zxid), txn, heard);
    }

    static Txn.Create create(String path, int parentCversion) {
        return new Txn.Create(OpCode.CREATE, path, new byte[] {1, 2}, OPEN, false, 0, parentCversion);
    }

    static Txn.Create ephemeral(String path, int parentCversion) {
        return new Txn.Create(OpCode.CREATE, path, null, OPEN, true, 0, parentCversion);
    }

    static Txn.Delete delete(String path) {
        return new Txn.Delete(OpCode.DELETE, path);
    }

    static Txn.SetData set(String path, int version) {
        return new Txn.SetData(OpCode.SET_DATA, path, new byte[] {9}, version);
    }

    Stat stat(String path) {
        return tree.find(path).stat();
    }
}
