package io.zookit.assembly;

import static io.zookit.assembly.Client.bytes;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooDefs.Perms;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Every combination of the five permissions against every operation that asks for one. */
class AccessIT {
    @TempDir
    Path directory = Path.of("");

    /** An operation on {@code path}, and the permissions of which any one allows it; {@code spare} is a child to delete. */
    private enum Operation {
        GET_DATA(Perms.READ, (zk, path) -> zk.getData(path, false, null)),
        GET_CHILDREN(Perms.READ, (zk, path) -> zk.getChildren(path, false)),
        EXISTS(Perms.READ, (zk, path) -> zk.exists(path, false)),
        SET_DATA(Perms.WRITE, (zk, path) -> zk.setData(path, bytes("new"), -1)),
        CREATE(Perms.CREATE, (zk, path) -> zk.create(path + "/new", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT)),
        DELETE(Perms.DELETE, (zk, path) -> zk.delete(path + "/spare", -1)),
        GET_ACL(Perms.READ | Perms.ADMIN, (zk, path) -> zk.getACL(path, new Stat())),
        SET_ACL(Perms.ADMIN, (zk, path) -> zk.setACL(path, aliceAnd(Perms.ADMIN), -1));

        private final int permissions;
        private final Request request;

        Operation(int permissions, Request request) {
            this.permissions = permissions;
            this.request = request;
        }
    }

    private interface Request {
        void send(ZooKeeper zk, String path) throws KeeperException, InterruptedException;
    }

    /** Alice may do everything, all others what the permissions say. */
    private static List<ACL> aliceAnd(int permissions) {
        // The client asks the list whether it contains null, which the lists of List.of do not let anybody ask.
        return Arrays.asList(
                new ACL(Perms.ALL, new Id("digest", "alice:aYXlLOpEooaV1cRAvUL1fp9Qt7E=")),
                new ACL(permissions, Ids.ANYONE_ID_UNSAFE));
    }

    @Test
    void eachCombinationOfPermissionsAllowsExactlyItsOperations() throws Exception {
        try (Server server = Server.start(Distribution.built(), directory);
                Client alice = Client.connect(server);
                Client stranger = Client.connect(server)) {
            alice.zk().addAuthInfo("digest", bytes("alice:secret"));
            for (int permissions = 1; permissions <= Perms.ALL; permissions++) {
                for (Operation operation : Operation.values()) {
                    String path = "/" + operation + "-" + permissions;
                    alice.zk().create(path, null, aliceAnd(Perms.ALL), CreateMode.PERSISTENT);
                    // What may be done to a child is a matter of the child; whether it may go is one of its parent.
                    alice.zk().create(path + "/spare", null, aliceAnd(0), CreateMode.PERSISTENT);
                    alice.zk().setACL(path, aliceAnd(permissions), 0);
                    assertEquals(
                            (permissions & operation.permissions) != 0,
                            succeeds(stranger, operation, path),
                            operation + " with permissions " + permissions);
                }
            }
        }
    }

    private static boolean succeeds(Client client, Operation operation, String path) throws Exception {
        try {
            operation.request.send(client.zk(), path);
            return true;
        } catch (KeeperException.NoAuthException refused) {
            return false;
        }
    }
}
