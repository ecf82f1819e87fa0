package io.zookit.simulator;

import io.zookit.model.Acl;
import io.zookit.model.Id;
import io.zookit.model.Permissions;
import java.util.List;

/** Who may do what: every client has an identity of its own, and a znode may belong to one of them. */
final class Access {
    private static final String SCHEME = "client";

    private Access() {}

    static Id identity(int client) {
        return new Id(SCHEME, String.valueOf(client));
    }

    /** The list of a znode that only one client may read and change; a negative number stands for everybody. */
    static List<Acl> of(int client) {
        return client < 0 ? Acl.OPEN_UNSAFE : List.of(new Acl(Permissions.ALL, identity(client)));
    }

    static boolean allows(List<Acl> acl, int permission, List<Id> identities) {
        for (Acl entry : acl) {
            boolean isMeant = entry.id().equals(Id.ANYONE) || identities.contains(entry.id());
            if (isMeant && (entry.permissions() & permission) != 0) {
                return true;
            }
        }
        return false;
    }
}
