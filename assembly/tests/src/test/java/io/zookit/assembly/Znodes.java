package io.zookit.assembly;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.Quotas;
import org.apache.zookeeper.StatsTrack;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooDefs.Perms;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.ACL;
import org.apache.zookeeper.data.Id;
import org.apache.zookeeper.data.Stat;
import org.apache.zookeeper.server.auth.DigestAuthenticationProvider;

/** A tree with something of everything, written through Apache's client. */
final class Znodes {
    static final String USER = "reader:secret";
    private static final long TTL_MILLIS = 86_400_000;

    private Znodes() {}

    /** Lets a client read what {@link #fill} writes. */
    static void authenticate(ZooKeeper client) {
        client.addAuthInfo("digest", USER.getBytes(UTF_8));
    }

    /** Writes below a new znode: all kinds of znodes and lists, and many changes to them. */
    static void fill(ZooKeeper client, String root, int count, long seed) throws Exception {
        Random random = new Random(seed);
        client.create(root, null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        client.create(root + "/container", bytes("c"), Ids.OPEN_ACL_UNSAFE, CreateMode.CONTAINER);
        client.create(root + "/container/child", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        List<String> changing = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            String path = root + "/dir" + i % 17;
            if (i < 17) {
                client.create(path, bytes("d" + i), Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            }
            changing.add(create(client, path, random, i));
            change(client, changing, random);
        }
        limit(client, root + "/dir1", 100_000);
    }

    private static String create(ZooKeeper client, String directory, Random random, int i) throws Exception {
        byte[] data = random.nextInt(10) == 0 ? null : new byte[random.nextInt(200)];
        if (data != null) {
            random.nextBytes(data);
        }
        String path = directory + "/n\u00e4me-" + i;
        return switch (random.nextInt(8)) {
            case 0 -> client.create(path, data, acl(random), CreateMode.EPHEMERAL);
            case 1 -> client.create(path + "-", data, acl(random), CreateMode.PERSISTENT_SEQUENTIAL);
            case 2 ->
                client.create(
                        path,
                        data,
                        acl(random),
                        CreateMode.PERSISTENT_WITH_TTL,
                        new Stat(),
                        TTL_MILLIS + random.nextInt(1_000));
            case 3 -> client.create(path, data, acl(random), CreateMode.CONTAINER);
            default -> client.create(path, data, acl(random), CreateMode.PERSISTENT);
        };
    }

    static List<ACL> acl(Random random) throws Exception {
        List<ACL> list = new ArrayList<>();
        list.add(new ACL(Perms.ALL, new Id("digest", DigestAuthenticationProvider.generateDigest(USER))));
        switch (random.nextInt(4)) {
            case 0 -> list.add(new ACL(Perms.READ, new Id("ip", "10.1." + random.nextInt(20) + ".0/24")));
            case 1 -> list.add(new ACL(Perms.READ, Ids.ANYONE_ID_UNSAFE));
            case 2 -> {
                return Ids.OPEN_ACL_UNSAFE;
            }
            default -> {}
        }
        return list;
    }

    private static void change(ZooKeeper client, List<String> paths, Random random) throws Exception {
        String path = paths.get(random.nextInt(paths.size()));
        switch (random.nextInt(6)) {
            case 0 -> client.setData(path, new byte[random.nextInt(300)], -1);
            case 1 -> client.setACL(path, acl(random), -1);
            case 2 ->
                client.multi(List.of(
                        Op.check("/", -1), Op.setData(path, bytes("multi"), -1), Op.setData(path, bytes("again"), -1)));
            case 3 -> refused(client, path);
            case 4 -> {
                paths.remove(path);
                client.delete(path, -1);
                if (paths.isEmpty()) {
                    paths.add(path);
                    client.create(path, null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
                }
            }
            default -> {}
        }
    }

    private static void refused(ZooKeeper client, String path) throws Exception {
        try {
            client.setData(path, bytes("never"), 4711);
            throw new AssertionError("a wrong version was accepted");
        } catch (KeeperException.BadVersionException expected) {
            // It takes a zxid all the same.
        }
    }

    static void limit(ZooKeeper client, String path, long nodes) throws Exception {
        String home = Quotas.quotaZookeeper;
        for (String name : path.substring(1).split("/")) {
            home += "/" + name;
            if (client.exists(home, false) == null) {
                client.create(home, null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            }
        }
        StatsTrack limits = new StatsTrack();
        limits.setCount(nodes);
        limits.setBytes(-1);
        client.create(
                home + "/" + Quotas.limitNode, limits.getStatsBytes(), Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        client.create(
                home + "/" + Quotas.statNode,
                new StatsTrack().getStatsBytes(),
                Ids.OPEN_ACL_UNSAFE,
                CreateMode.PERSISTENT);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(UTF_8);
    }
}
