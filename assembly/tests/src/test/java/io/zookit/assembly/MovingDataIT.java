package io.zookit.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a client reads of a large tree is the same before and after each way from one storage to another. */
class MovingDataIT {
    private static final int ZNODES = Integer.getInteger("zookit.moving.znodes", 5_000);
    private static final String TTL = "extendedTypesEnabled=true";
    /** The owners of the ephemerals are not there while the others read. */
    private static final String LONG_SESSIONS = "maxSessionTimeout=3600000";

    private static final int SESSION_TIMEOUT_MILLIS = 3_600_000;
    private static final int DAMAGE_OFFSET = 2_000;

    @TempDir
    Path directory = Path.of("");

    @Test
    void aTreeIsServedConvertedExportedBackAndStartedByApache() throws Exception {
        Map<String, String> written = writtenByApache("snapCount=" + Math.max(1_000, ZNODES / 3));
        System.out.println(written.size() + " znodes read, digest of what was read " + TreeReading.digest(written));

        // The same directory, then another storage, then another directory in Apache's form.
        try (Server ours = Server.start(Distribution.built(), directory, "plugin.storage=files", TTL, LONG_SESSIONS)) {
            TreeReading.assertSame(written, readFrom(ours.connectString()));
            ours.process().kill();
        }
        Path data = directory.resolve("data");
        Path there = directory.resolve("there");
        Path back = directory.resolve("back");
        System.out.println(convert(0, "files:" + data, "mapdb:" + there.resolve("data")));
        try (Server ours = Server.start(Distribution.built(), there, TTL, LONG_SESSIONS)) {
            TreeReading.assertSame(written, readFrom(ours.connectString()));
            ours.process().kill();
        }
        System.out.println(convert(0, "mapdb:" + there.resolve("data"), "files:" + back.resolve("data")));
        try (ApacheServer apache = ApacheServer.start(back, LONG_SESSIONS)) {
            TreeReading.assertSame(written, readFrom(apache.connectString()));
        }
    }

    @Test
    void damagedDataIsRefusedWithItsPlaceAndNothingIsWritten() throws Exception {
        writtenByApache("snapCount=1000");
        Path version = directory.resolve("data/version-2");
        Path log = newest(version, "log.");
        flip(log, DAMAGE_OFFSET);
        Map<String, Long> before = sizes(version);

        String refusal = convert(3, "files:" + directory.resolve("data"), "mapdb:" + directory.resolve("there/data"));

        assertTrue(refusal.contains(log.getFileName().toString()), refusal);
        assertTrue(refusal.contains("offset"), refusal);
        assertFalse(Files.exists(directory.resolve("there")), "something was written");
        assertEquals(before, sizes(version), "the source was changed");

        flip(log, DAMAGE_OFFSET);
        Path first = filesOf(version, "log.").get(0);
        Path snapshot = newest(version, "snapshot.");
        for (Path each : filesOf(version, "snapshot.")) {
            if (!each.equals(snapshot)) {
                Files.delete(each);
            }
        }
        flip(snapshot, (int) Files.size(snapshot) / 2);
        Files.delete(first);
        String missing = convert(3, "files:" + directory.resolve("data"), "mapdb:" + directory.resolve("there/data"));
        assertTrue(missing.contains("missing"), missing);
        assertFalse(Files.exists(directory.resolve("there")), "something was written");
    }

    /** Leaves a data directory as a killed server does, with the sessions of two clients that are gone. */
    private Map<String, String> writtenByApache(String snapCount) throws Exception {
        try (ApacheServer apache = ApacheServer.start(directory, snapCount, LONG_SESSIONS)) {
            List<ZooKeeper> owners = new ArrayList<>();
            for (int i = 0; i < 2; i++) {
                owners.add(ApacheDataIT.connect(apache.connectString(), SESSION_TIMEOUT_MILLIS));
            }
            ManyZnodes.fill(owners, ZNODES, 1);
            lengthenNewestLog(owners.get(0));
            Map<String, String> written = readFrom(apache.connectString());
            apache.process().kill();
            for (ZooKeeper owner : owners) {
                owner.close();
            }
            return written;
        }
    }

    /** Apache's server begins a log when chance tells it to: the newest may have next to nothing in it, and then nothing to damage. */
    private void lengthenNewestLog(ZooKeeper client) throws Exception {
        byte[] data = new byte[1_000];
        Arrays.fill(data, (byte) 'x');
        for (int i = 0; isShort(newest(directory.resolve("data/version-2"), "log.")); i++) {
            client.create("/more-" + i, data, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
        }
    }

    /** Whether there are only zeros from a while after the place that the test damages. */
    private static boolean isShort(Path log) throws IOException {
        try (InputStream bytes = Files.newInputStream(log)) {
            bytes.skipNBytes(DAMAGE_OFFSET + 3_000);
            return Arrays.equals(bytes.readNBytes(1_000), new byte[1_000]);
        }
    }

    private static Map<String, String> readFrom(String connectString) throws Exception {
        ZooKeeper client = ApacheDataIT.connect(connectString, SESSION_TIMEOUT_MILLIS);
        try {
            return TreeReading.of(client);
        } finally {
            client.close();
        }
    }

    private String convert(int exitCode, String from, String to) throws InterruptedException {
        String script =
                Distribution.built().directory().resolve("bin/zkTool.sh").toString();
        try (Running tool = Running.start(directory, Map.of(), List.of(script, "convert", from, to))) {
            assertEquals(exitCode, tool.exitCode(), tool.text());
            return tool.text();
        }
    }

    private static void flip(Path file, int offset) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[offset] ^= 0x55;
        Files.write(file, bytes);
    }

    private static Path newest(Path folder, String prefix) throws IOException {
        List<Path> files = filesOf(folder, prefix);
        return files.get(files.size() - 1);
    }

    private static List<Path> filesOf(Path folder, String prefix) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> file.getFileName().toString().startsWith(prefix))
                    .sorted(Comparator.comparingLong(
                            file -> Long.parseLong(file.getFileName().toString().substring(prefix.length()), 16)))
                    .toList();
        }
    }

    private static Map<String, Long> sizes(Path folder) throws IOException {
        Map<String, Long> sizes = new TreeMap<>();
        for (String prefix : List.of("log.", "snapshot.")) {
            for (Path file : filesOf(folder, prefix)) {
                sizes.put(file.getFileName().toString(), Files.size(file));
            }
        }
        return sizes;
    }
}
