package io.zookit.assembly;

import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data goes from Apache's server to ours and back, and nothing of it changes: no byte, no fact, no session. */
class ApacheDataIT {
    private static final int SESSION_TIMEOUT_MILLIS = 40_000;
    private static final String OURS = "plugin.storage=files";
    private static final String TTL = "extendedTypesEnabled=true";
    private static final String SNAP_COUNT = "snapCount=700";

    @TempDir
    Path directory = Path.of("");

    @Test
    void dataGoesFromApachesServerToOursAndBack() throws Exception {
        Map<String, String> written;
        try (ApacheServer apache = ApacheServer.start(directory, SNAP_COUNT)) {
            ZooKeeper client = connect(apache.connectString());
            Znodes.fill(client, "/one", 2_500, 1);
            written = TreeReading.of(client);
            // Without an end of the session: its ephemerals are to live on.
            apache.process().kill();
            client.close();
        }
        assertTrue(
                count("snapshot.") > 1 && count("log.") > 1, "Apache's server has written several files of each kind");

        try (Server ours = Server.start(Distribution.built(), directory, OURS, TTL, SNAP_COUNT)) {
            ZooKeeper client = connect(ours.connectString());
            TreeReading.assertSame(written, TreeReading.of(client));
            Znodes.fill(client, "/two", 1_500, 2);
            written = TreeReading.of(client);
            ours.process().kill();
            client.close();
        }
        try (Server ours = Server.start(Distribution.built(), directory, OURS, TTL)) {
            ZooKeeper client = connect(ours.connectString());
            TreeReading.assertSame(written, TreeReading.of(client));
            ours.process().kill();
            client.close();
        }

        try (ApacheServer apache = ApacheServer.start(directory)) {
            ZooKeeper client = connect(apache.connectString());
            TreeReading.assertSame(written, TreeReading.of(client));
            Znodes.fill(client, "/three", 500, 3);
            written = TreeReading.of(client);
            apache.process().kill();
            client.close();
        }
        try (Server ours = Server.start(Distribution.built(), directory, OURS, TTL)) {
            ZooKeeper client = connect(ours.connectString());
            TreeReading.assertSame(written, TreeReading.of(client));
            client.close();
        }
    }

    @Test
    void apachesServerStartsOnWhatOursBegan() throws Exception {
        Map<String, String> written;
        try (Server ours = Server.start(
                Distribution.built(),
                directory,
                OURS,
                TTL,
                SNAP_COUNT,
                "snapshot.compression.method=gz",
                "preAllocSize=64")) {
            ZooKeeper client = connect(ours.connectString());
            Znodes.fill(client, "/ours", 300, 4);
            written = TreeReading.of(client);
            ours.process().kill();
            client.close();
        }
        try (ApacheServer apache = ApacheServer.start(directory)) {
            ZooKeeper client = connect(apache.connectString());
            TreeReading.assertSame(written, TreeReading.of(client));
            client.close();
        }
    }

    private static ZooKeeper connect(String connectString) throws Exception {
        return connect(connectString, SESSION_TIMEOUT_MILLIS);
    }

    /** A client that may read everything. */
    static ZooKeeper connect(String connectString, int sessionTimeoutMillis) throws Exception {
        CountDownLatch connected = new CountDownLatch(1);
        ZooKeeper client = new ZooKeeper(connectString, sessionTimeoutMillis, event -> {
            if (event.getState() == KeeperState.SyncConnected) {
                connected.countDown();
            }
        });
        assertTrue(connected.await(Running.PATIENCE.toSeconds(), TimeUnit.SECONDS), "no connection");
        Znodes.authenticate(client);
        return client;
    }

    private long count(String prefix) throws Exception {
        try (Stream<Path> files = Files.list(directory.resolve("data/version-2"))) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .count();
        }
    }
}
