package io.zookit.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.zookeeper.AddWatchMode;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.Op;
import org.apache.zookeeper.Watcher.WatcherType;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The four-letter words beside those of Apache ZooKeeper, which monitoring was written for: both servers get the same requests, and
 * are compared line by line in everything but the values that differ by nature.
 */
class WordsIT {
    private static final String ALLOW_ALL = "4lw.commands.whitelist=*";
    private static final int DIGEST_INTERVAL = 128;

    private static Server ours;
    private static ApacheServer theirs;
    private static Client ourClient;
    private static Client theirClient;

    @BeforeAll
    static void startBoth(@TempDir Path directory) throws Exception {
        ours = Server.start(Distribution.built(), directory.resolve("ours"), ALLOW_ALL);
        theirs = ApacheServer.start(directory.resolve("theirs"), ALLOW_ALL);
        ourClient = Client.connect(ours);
        theirClient = Client.connect(theirs.connectString());
        for (Client client : List.of(ourClient, theirClient)) {
            ZooKeeper zk = client.zk();
            zk.create("/plain", "data".getBytes(), Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
            zk.create("/ephemeral", "data".getBytes(), Ids.OPEN_ACL_UNSAFE, CreateMode.EPHEMERAL);
            zk.exists("/plain", true);
            zk.getData("/ephemeral", true, null);
            for (int i = 0; i < 2 * DIGEST_INTERVAL; i++) {
                zk.create("/plain/n", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT_SEQUENTIAL);
            }
        }
    }

    @AfterAll
    static void stopBoth() throws Exception {
        ourClient.close();
        theirClient.close();
        ours.close();
        theirs.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"isro", "ruok", "wchs", "crst", "srst"})
    void theseAnswersAreTheSameToTheByte(String word) throws IOException {
        assertEquals(askThem(word), askUs(word));
    }

    @Test
    void watchesByPathAreTheSameToTheByteButForTheOrderOfPaths() throws IOException {
        assertEquals(paths(askThem("wchp")), paths(askUs("wchp")));
    }

    /** Each path with its sessions, and the empty line at the end. */
    private static TreeSet<String> paths(String answer) {
        return new TreeSet<>(List.of(hideSessions(answer).split("(?m)^(?=/)|^(?=\n)")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"srvr", "conf", "dirs", "envi", "hash"})
    void theseAnswersHaveTheSameLinesInTheSameOrder(String word) throws IOException {
        assertEquals(form(askThem(word)), form(askUs(word)));
    }

    @ParameterizedTest
    @ValueSource(strings = {"stat", "cons", "wchc", "dump"})
    void theseAnswersHaveTheSameKindsOfLines(String word) throws IOException {
        assertEquals(new TreeSet<>(form(askThem(word)).lines().toList()), kinds(askUs(word)));
        assertEquals(heads(askThem(word)), heads(askUs(word)));
    }

    private static TreeSet<String> kinds(String answer) {
        return new TreeSet<>(form(answer).lines().toList());
    }

    /** The lines that begin a part of an answer; those between them come in any order and number. */
    private static List<String> heads(String answer) {
        return form(answer)
                .lines()
                .filter(line -> !line.startsWith("\t") && !line.startsWith(" ") && !line.contains("expire at"))
                .map(line -> line.replaceFirst("Sets \\(N\\)/\\(N\\)", "Sets"))
                .toList();
    }

    @Test
    void theNumbersOfMonitoringHaveTheNamesTheFormsAndTheOrderThatToolsKnow() throws IOException {
        Map<String, String> apache = metrics(askThem("mntr"));
        Map<String, String> zookit = metrics(askUs("mntr"));
        List<String> common = new ArrayList<>(apache.keySet());
        common.retainAll(zookit.keySet());
        List<String> names = List.copyOf(zookit.keySet());
        assertEquals(common, names.subList(0, common.size()));
        common.forEach(name -> assertEquals(apache.get(name), zookit.get(name), name));
        assertTrue(common.size() > 60, () -> "only " + common.size());
        List<String> own = names.subList(common.size(), names.size());
        assertTrue(own.contains("zk_low_space_writes_rejected"), own::toString);
        own.forEach(name -> assertTrue(name.matches("zk_[a-z_]+_(rejected|delayed|warnings|errors)"), name));
    }

    /** The name of each line, and the form of its value. */
    static Map<String, String> metrics(String answer) {
        Map<String, String> forms = new LinkedHashMap<>();
        answer.lines().forEach(line -> {
            String[] parts = line.split("\t", -1);
            assertEquals(2, parts.length, line);
            forms.put(parts[0], parts[0].equals("zk_version") ? "V" : form(parts[1]));
        });
        return forms;
    }

    @Test
    void theNumbersOfTheStateAreThoseOfApacheAfterTheSameRequests() throws IOException {
        List<String> names = List.of(
                "zk_server_state",
                "zk_ephemerals_count",
                "zk_znode_count",
                "zk_watch_count",
                "zk_global_sessions",
                "zk_approximate_data_size",
                "zk_outstanding_requests",
                "zk_num_alive_connections");
        assertEquals(values(askThem("mntr"), names), values(askUs("mntr"), names));
    }

    private static List<String> values(String answer, List<String> names) {
        return answer.lines()
                .filter(line -> names.contains(line.substring(0, line.indexOf('\t'))))
                .toList();
    }

    @Test
    void aResetSetsTheCountersToZero() throws IOException {
        askUs("srst");
        Matcher srvr = Pattern.compile("Latency min/avg/max: 0/0.0/0\nReceived: ([0-9]+)\nSent: ([0-9]+)\n")
                .matcher(askUs("srvr"));
        assertTrue(srvr.find());
        assertTrue(Integer.parseInt(srvr.group(1)) <= 2, srvr.group());
        askUs("crst");
        assertTrue(askUs("cons").contains(",lop=NA,"), askUs("cons"));
    }

    @Test
    void whatAConnectionAskedLastHasTheShortNamesOfApache() throws Exception {
        assertEquals(lastOperations(theirClient.zk(), theirs.port()), lastOperations(ourClient.zk(), ours.port()));
    }

    /** A request, to a server that has the znodes of this test. */
    private interface Request {
        void send(ZooKeeper zk) throws KeeperException, InterruptedException;
    }

    private static Map<String, String> lastOperations(ZooKeeper zk, int port) throws Exception {
        Map<String, Request> requests = new LinkedHashMap<>();
        requests.put("exists", z -> z.exists("/plain", false));
        requests.put("exists, nothing there", z -> z.exists("/nothing", false));
        requests.put("getData", z -> z.getData("/plain", false, null));
        requests.put("getData, nothing there", z -> z.getData("/nothing", false, null));
        requests.put("setData", z -> z.setData("/plain", new byte[1], -1));
        requests.put("setData, refused", z -> z.setData("/plain", new byte[1], 77));
        requests.put("create", z -> z.create("/x", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT));
        requests.put("create2", z -> z.create("/y", null, Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT, new Stat()));
        requests.put("container", z -> z.create("/z", null, Ids.OPEN_ACL_UNSAFE, CreateMode.CONTAINER));
        requests.put("delete", z -> z.delete("/x", -1));
        requests.put("getACL", z -> z.getACL("/plain", null));
        requests.put("setACL", z -> z.setACL("/plain", Ids.OPEN_ACL_UNSAFE, -1));
        requests.put("getChildren", z -> z.getChildren("/", false));
        requests.put("getChildren2", z -> z.getChildren("/", false, new Stat()));
        requests.put("getAllChildrenNumber", z -> z.getAllChildrenNumber("/"));
        requests.put("getEphemerals", z -> z.getEphemerals());
        requests.put("multi", z -> z.multi(List.of(Op.check("/plain", -1), Op.delete("/y", -1))));
        requests.put("multiRead", z -> z.multi(List.of(Op.getData("/plain"))));
        requests.put("whoAmI", z -> z.whoAmI());
        requests.put("addWatch", z -> z.addWatch("/persistent", event -> {}, AddWatchMode.PERSISTENT));
        requests.put("removeWatches", z -> z.removeAllWatches("/persistent", WatcherType.Any, false));
        Map<String, String> names = new LinkedHashMap<>();
        for (Map.Entry<String, Request> request : requests.entrySet()) {
            names.put(request.getKey(), lastOperation(zk, port, request.getValue()));
        }
        return names;
    }

    /** The name after a request; a ping that comes between is passed over. */
    private static String lastOperation(ZooKeeper zk, int port, Request request) throws Exception {
        try {
            request.send(zk);
        } catch (KeeperException expected) {
            // Refused by both servers, as the test of the name wants it.
        }
        Matcher line = Pattern.compile("sid=0x" + Long.toHexString(zk.getSessionId()) + ",lop=([A-Z]+),")
                .matcher(Server.word(port, "cons"));
        assertTrue(line.find(), "the connection is not among them");
        return line.group(1);
    }

    private static String askUs(String word) throws IOException {
        return Server.word(ours.port(), word);
    }

    private static String askThem(String word) throws IOException {
        return Server.word(theirs.port(), word);
    }

    private static String hideSessions(String answer) {
        return answer.replaceAll("0x[0-9a-f]{10,}", "SESSION");
    }

    /** An answer with a letter in place of each value: H hexadecimal, D decimal, N whole, T a time, A an address. */
    static String form(String answer) {
        return answer.replaceAll("(?m)^(Zookeeper version: |zookeeper.version=)3\\.9\\.5-\\S.*$", "$1V")
                .replaceAll("(?m)^(host\\.name|java\\.[a-z.]+|user\\.[a-z.]+|dataDir|dataLogDir)=.*$", "$1=TEXT")
                .replaceAll("(?m)^[0-9a-f]+: ", "H: ")
                .replaceAll("lop=[A-Z]+", "lop=OP")
                .replaceAll("/127\\.0\\.0\\.1:\\d+", "/A")
                .replaceAll("0x[0-9a-f]+", "H")
                .replaceAll("at [A-Z][a-z]{2} [A-Z][a-z]{2} \\d\\d \\d\\d:\\d\\d:\\d\\d [A-Z]\\S* \\d{4}:", "at T:")
                .replaceAll("\\d+\\.\\d+", "D")
                .replaceAll("-?\\d+", "N");
    }
}
