package io.zookit.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.kernel.PluginSource;
import io.zookit.kernel.Plugins;
import io.zookit.kernel.Surroundings;
import io.zookit.model.Acl;
import io.zookit.model.OpCode;
import io.zookit.model.Txn;
import io.zookit.model.TxnHeader;
import io.zookit.spi.storage.Storage;
import io.zookit.tree.DataTree;
import io.zookit.tree.TreeListener;
import io.zookit.tree.TreeOptions;
import io.zookit.wire.JuteWriter;
import io.zookit.wire.TxnCodec;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The tools as they are typed, on data of both storages that keep files. */
final class ToolsTest {
    private static final long SESSION = 0x1234;
    private static final int TRANSACTIONS = 120;

    @TempDir
    Path directory = Path.of("");

    private final DataTree expected = new DataTree(new TreeOptions(true, true));
    private String source = "";

    private record Run(int exitCode, String text) {}

    private static Run run(String... arguments) {
        StringWriter text = new StringWriter();
        CommandLine line = Main.commandLine(Map.of());
        line.setOut(new PrintWriter(text)).setErr(new PrintWriter(text));
        return new Run(line.execute(arguments), text.toString());
    }

    private String place(String storage, String name) {
        return storage + ":" + directory.resolve(name);
    }

    @BeforeEach
    void writeSomeData() {
        source = place("files", "source");
        Main tools = new Main(Map.of());
        try (Storage storage = Plugins.loadStorage(
                Place.parse(source, tools).config(),
                PluginSource.services(ToolsTest.class.getClassLoader()),
                Surroundings.ofMachine("test"))) {
            storage.open();
            storage.values().put("currentEpoch", "3".getBytes(StandardCharsets.US_ASCII));
            write(storage, 1, new Txn.CreateSession(10_000));
            for (int i = 2; i <= TRANSACTIONS; i++) {
                byte[] data = ("data " + i).getBytes(StandardCharsets.UTF_8);
                boolean ephemeral = i % 10 == 0;
                write(
                        storage,
                        i,
                        new Txn.Create(OpCode.CREATE2, "/node" + i, data, Acl.OPEN_UNSAFE, ephemeral, 0, i - 1));
            }
        }
    }

    private void write(Storage storage, long zxid, Txn txn) {
        TxnHeader header = new TxnHeader(SESSION, (int) zxid, zxid, 1_000 * zxid);
        expected.apply(header, txn, TreeListener.NONE);
        JuteWriter record = new JuteWriter(100);
        TxnCodec.write(record, header, txn, expected.digest());
        storage.log().append(zxid, record.toByteArray());
        storage.log().sync();
    }

    /** Every file below a directory, with its bytes. */
    private static Map<String, String> content(Path directory) throws IOException {
        Map<String, String> content = new TreeMap<>();
        if (Files.exists(directory)) {
            try (Stream<Path> files = Files.walk(directory)) {
                for (Path file : files.toList()) {
                    boolean isFile = Files.isRegularFile(file);
                    content.put(
                            directory.relativize(file).toString(),
                            isFile ? new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1) : "");
                }
            }
        }
        return content;
    }

    private Path onlyFile(String name, String prefix) throws IOException {
        try (Stream<Path> files = Files.walk(directory.resolve(name))) {
            List<Path> found = files.filter(
                            file -> file.getFileName().toString().startsWith(prefix))
                    .toList();
            assertEquals(1, found.size(), found::toString);
            return found.get(0);
        }
    }

    private static void flip(Path file, int offset) throws IOException {
        byte[] bytes = Files.readAllBytes(file);
        bytes[offset] ^= 0x55;
        Files.write(file, bytes);
    }

    @Test
    void dataGoesToAnotherStorageAndBackWithTheSameDigest() throws IOException {
        Map<String, String> before = content(directory.resolve("source"));
        Run there = run("convert", source, place("mapdb", "there"));
        assertEquals(0, there.exitCode(), there.text());
        Run back = run("convert", place("mapdb", "there"), place("files", "back"));
        assertEquals(0, back.exitCode(), back.text());
        String digest = "digest " + expected.digest();
        assertTrue(there.text().contains(digest) && back.text().contains(digest), there.text() + back.text());
        assertEquals("3", Files.readString(directory.resolve("back/version-2/currentEpoch")));
        assertEquals(before, content(directory.resolve("source")), "the source is not changed");
    }

    @Test
    void aPlaceThatHoldsDataIsNoTarget() throws IOException {
        assertEquals(0, run("convert", source, place("mapdb", "there")).exitCode());
        Map<String, String> before = content(directory);
        Run refused = run("convert", source, place("mapdb", "there"));
        assertEquals(3, refused.exitCode(), refused.text());
        assertTrue(refused.text().contains("holds data already"), refused.text());
        assertEquals(before, content(directory));
    }

    @Test
    void damagedDataIsRefusedAndNothingIsLeftBehind() throws IOException {
        flip(onlyFile("source", "log."), 200);
        Map<String, String> before = content(directory);
        for (String[] tool : List.of(
                new String[] {"convert", source, place("mapdb", "there/deeper")},
                new String[] {"summary", source},
                new String[] {"dump", source})) {
            Run refused = run(tool);
            assertEquals(3, refused.exitCode(), refused.text());
            assertTrue(refused.text().contains("log.1") && refused.text().contains("damaged"), refused.text());
        }
        assertEquals(before, content(directory));
    }

    @Test
    void aWrongPlaceIsSaidAndLeavesNoTrace() throws IOException {
        Map<String, String> before = content(directory);
        Run other = run("summary", place("mapdb", "source"));
        assertEquals(3, other.exitCode(), other.text());
        assertTrue(other.text().contains("no data of this storage"), other.text());
        Run nowhere = run("summary", place("files", "nowhere"));
        assertEquals(3, nowhere.exitCode(), nowhere.text());
        Run unknown = run("summary", place("rocks", "source"));
        assertEquals(2, unknown.exitCode(), unknown.text());
        assertTrue(unknown.text().contains("rocks") && unknown.text().contains("mapdb"), unknown.text());
        assertEquals(before, content(directory));
    }

    @Test
    void aToolAndAServerNeverShareData() {
        Main tools = new Main(Map.of());
        try (Place.Opened inUse = Place.parse(source, tools).open(tools)) {
            assertFalse(inUse.isEmpty());
            Run refused = run("summary", source);
            assertEquals(3, refused.exitCode(), refused.text());
            assertTrue(refused.text().contains("in use"), refused.text());
        }
    }

    @Test
    void everythingIsVerified() throws IOException {
        Run sound = run("verify", source);
        assertEquals(0, sound.exitCode(), sound.text());
        assertTrue(sound.text().contains("log: sound, " + TRANSACTIONS + " transactions"), sound.text());
        assertTrue(sound.text().contains("digest " + expected.digest()), sound.text());

        flip(onlyFile("source", "snapshot."), 100);
        Run damaged = run("verify", source);
        assertEquals(1, damaged.exitCode(), damaged.text());
        assertTrue(damaged.text().contains("snapshot of 0x0: NOT SOUND"), damaged.text());
        assertTrue(damaged.text().contains("state: sound"), "the log begins at the beginning: " + damaged.text());
    }

    @Test
    void theLogIsShownAsText() {
        Run all = run("dump", source);
        assertEquals(TRANSACTIONS, all.text().lines().count(), all.text());
        assertTrue(all.text().contains("create2 /node10 ephemeral acl world:anyone:rwcda data 7 bytes"), all.text());
        Run some = run("dump", source, "--from", "0x10", "--to", "13", "--data");
        assertEquals(4, some.text().lines().count(), some.text());
        assertTrue(some.text().contains("data 7 bytes 64617461203136"), some.text());
        assertEquals(1, run("dump", source, "--path", "/node7").text().lines().count());
        assertEquals("", run("dump", source, "--session", "0x99").text());
        Run wrong = run("dump", source, "--from", "zxid");
        assertTrue(wrong.exitCode() != 0 && wrong.text().contains("zxid"), wrong.text());
    }

    @Test
    void aSnapshotIsShownAsText() {
        assertEquals(0, run("convert", source, place("mapdb", "there")).exitCode());
        Run all = run("dump", place("mapdb", "there"), "--snapshot");
        assertEquals(0, all.exitCode(), all.text());
        assertTrue(all.text().contains("session 0x1234 timeout 10000 ms"), all.text());
        assertTrue(all.text().contains("/node10 czxid 0xa"), all.text());
        assertTrue(all.text().contains("snapshot of 0x78 is whole"), all.text());
        Run one = run("dump", place("mapdb", "there"), "--snapshot", "0x78", "--path", "/node10");
        assertEquals(3, one.text().lines().count(), one.text());
    }

    @Test
    void theSummaryCounts() {
        Run summary = run("summary", source, "--top", "1");
        assertEquals(0, summary.exitCode(), summary.text());
        assertTrue(summary.text().contains("znodes: " + expected.nodeCount()), summary.text());
        assertTrue(summary.text().contains("  ephemeral: 12"), summary.text());
        assertTrue(summary.text().contains("sessions: 1"), summary.text());
        assertTrue(summary.text().contains("most children:\n  120 /\n"), summary.text());
        assertEquals(3, run("summary", source, "--top", "-1").exitCode());
    }

    @Test
    void aPurgeKeepsThree() {
        Run purged = run("purge", source, "-n", "3");
        assertEquals(0, purged.exitCode(), purged.text());
        assertTrue(purged.text().contains("log from 0x1"), "one snapshot is not three: " + purged.text());
        assertEquals(3, run("purge", source, "-n", "2").exitCode());
    }

    @Test
    void withoutACommandThereIsHelp() {
        Run nothing = run();
        assertEquals(2, nothing.exitCode());
        assertTrue(nothing.text().contains("convert"), nothing.text());
        assertEquals(2, run("convrt").exitCode());
    }
}
