package io.zookit.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigTest {
    private static final String BASE = "dataDir=/data\nclientPort=2181\n";

    private static Config parse(String text) {
        return Config.parse("zoo.cfg", text, Map.of());
    }

    private static List<Problem> problems(String lines) {
        return parse(BASE + lines).problems();
    }

    private static List<Problem> unused(String lines) {
        return parse(BASE + lines).unusedKeys(Set.of());
    }

    @Test
    void theSampleFileOfApacheZooKeeperIsFine() {
        Config config = parse("tickTime=2000\ninitLimit=10\nsyncLimit=5\ndataDir=/tmp/zookeeper\nclientPort=2181\n");
        assertEquals(List.of(), config.problems());
        assertEquals(List.of(), config.unusedKeys(Set.of()));
        assertEquals(Path.of("/tmp/zookeeper"), config.dataDir());
        assertEquals(config.dataDir(), config.dataLogDir());
        assertEquals(OptionalInt.of(2181), config.clientPort());
        assertEquals(Mode.STANDALONE, config.mode());
        assertEquals(4000, config.minSessionTimeoutMillis());
        assertEquals(40_000, config.maxSessionTimeoutMillis());
    }

    @Test
    void defaultsAreThoseOfApacheZooKeeper() {
        Config config = parse(BASE);
        assertEquals(3000, config.tickTimeMillis());
        assertEquals(6000, config.minSessionTimeoutMillis());
        assertEquals(60_000, config.maxSessionTimeoutMillis());
        assertEquals(60, config.maxClientCnxns());
        assertEquals(0, config.maxCnxns());
        assertEquals(1000, config.globalOutstandingLimit());
        assertEquals(100_000, config.snapCount());
        assertEquals(3, config.autopurgeSnapRetainCount());
        assertEquals(0, config.autopurgePurgeIntervalHours());
        assertEquals(1_048_575, config.juteMaxBufferBytes());
        assertEquals(-1, config.clientPortListenBacklog());
        assertEquals(Optional.empty(), config.clientPortAddress());
        assertTrue(config.fourLetterWordAllowed("srvr"));
        assertFalse(config.fourLetterWordAllowed("ruok"));
        assertFalse(config.skipAcl());
        assertFalse(config.extendedTypesEnabled());
        assertTrue(config.digestEnabled());
        assertTrue(config.dataDirAutocreate());
        assertTrue(config.standaloneEnabled());
    }

    @Test
    void valuesAreReadInTheirForms() {
        Config config = parse(BASE
                + "skipACL=yes\njute.maxbuffer=0x9fffff\nsnapCount=0\nautopurge.snapRetainCount=1\n"
                + "4lw.commands.whitelist=ruok, mntr\nminSessionTimeout=-1\nmaxSessionTimeout=90000\ntickTime=0010\n");
        assertTrue(config.skipAcl());
        assertEquals(0x9fffff, config.juteMaxBufferBytes());
        assertEquals(2, config.snapCount());
        assertEquals(3, config.autopurgeSnapRetainCount());
        assertTrue(config.fourLetterWordAllowed("mntr"));
        assertFalse(config.fourLetterWordAllowed("srvr"));
        assertEquals(20, config.minSessionTimeoutMillis());
        assertEquals(90_000, config.maxSessionTimeoutMillis());
        assertEquals(
                List.of(
                        Problem.warning("zoo.cfg:5 snapCount=0: is too few; 2 is used."),
                        Problem.warning("zoo.cfg:6 autopurge.snapRetainCount=1: is too few; 3 is used.")),
                config.problems());
    }

    @Test
    void aStarAllowsAllFourLetterWords() {
        assertTrue(parse(BASE + "4lw.commands.whitelist=*").fourLetterWordAllowed("stmk"));
    }

    @Test
    void everyWrongValueIsReportedAtOnceWithItsPlace() {
        Config config = parse(
                "dataDir=/data\nclientPort=70000\ntickTime=fast\nskipACL=maybe\nmaxClientCnxns=-3\nsnapCount=many\n");
        assertEquals(
                List.of(
                        "zoo.cfg:2 clientPort=70000: expected a whole number from 0 to 65535.",
                        "zoo.cfg:3 tickTime=fast: expected a whole number, at least 1 (ms).",
                        "zoo.cfg:4 skipACL=maybe: expected true or false.",
                        "zoo.cfg:5 maxClientCnxns=-3: expected a whole number, at least 0.",
                        "zoo.cfg:6 snapCount=many: expected a whole number."),
                Problem.errorsOf(config.problems()));
        assertEquals(3000, config.tickTimeMillis());
    }

    @Test
    void dataDirIsNeededByWhoeverWritesToDisk() {
        assertEquals(
                List.of(Problem.error("dataDir is not set. Write dataDir=<path> where the server may keep its data.")),
                parse("clientPort=2181").problems());
        assertEquals(List.of(), parse("clientPort=2181\nplugin.storage=memory").problems());
    }

    @Test
    void pathsAreChecked() {
        assertEquals(
                List.of(
                        Problem.warning("zoo.cfg:1 dataDir=data: is relative to the directory the server is started in."
                                + " Write an absolute path, or ./data if it is meant."),
                        Problem.error("zoo.cfg:2 dataLogDir=/x?y: expected a path.")),
                parse("dataDir=data\ndataLogDir=/x\\u0000y\nclientPort=1").problems());
        assertEquals(List.of(), parse("dataDir=./data\nclientPort=1").problems());
    }

    @Test
    void aServerWithoutPortIsNoticed() {
        assertEquals(
                List.of(Problem.warning("clientPort is not set: no client can connect. Add clientPort=2181.")),
                parse("dataDir=/data").problems());
        assertEquals(
                List.of(Problem.error("zoo.cfg:2 clientPortAddress=::1: has no port. Add clientPort=2181.")),
                parse("dataDir=/data\nclientPortAddress=::1").problems());
    }

    @Test
    void sessionTimeoutsMustNotCross() {
        assertEquals(
                List.of(Problem.error(
                        "zoo.cfg:3 minSessionTimeout=90000: the least session timeout (90000 ms) must not be"
                                + " above the greatest (60000 ms). Change minSessionTimeout or maxSessionTimeout; by default they are"
                                + " 2 and 20 ticks.")),
                problems("minSessionTimeout=90000"));
    }

    @Test
    void ofTwoLinesTheLastWinsAndBothAreNamed() {
        Config config = parse(BASE + "tickTime=1000\n\ntickTime=2000\n");
        assertEquals(2000, config.tickTimeMillis());
        assertEquals(
                List.of(Problem.warning(
                        "zoo.cfg:5 tickTime=2000: the same key is set in zoo.cfg:3 to 1000; the last one"
                                + " wins. Remove one.")),
                config.problems());
    }

    @Test
    void theFileWinsOverASystemProperty() {
        Config config = Config.parse(
                "zoo.cfg", BASE + "snapCount=500\n", Map.of("zookeeper.snapCount", "7", "zookeeper.maxCnxns", "9"));
        assertEquals(500, config.snapCount());
        assertEquals(9, config.maxCnxns());
        assertEquals(
                "-Dzookeeper.maxCnxns=9", config.entry("maxCnxns").orElseThrow().shown());
        assertEquals(
                List.of(Problem.warning(
                        "zoo.cfg:3 snapCount=500: also given as -Dzookeeper.snapCount=7; the file wins. Remove one.")),
                config.problems());
    }

    @Test
    void aPropertyWithoutPrefixWinsOverTheFile() {
        Config config = Config.parse("zoo.cfg", BASE + "jute.maxbuffer=2000\n", Map.of("jute.maxbuffer", "3000"));
        assertEquals(3000, config.juteMaxBufferBytes());
        assertEquals(
                List.of(Problem.warning("zoo.cfg:3 jute.maxbuffer=2000: also given as -Djute.maxbuffer=3000; the system"
                        + " property wins. Remove one.")),
                config.problems());
    }

    @Test
    void aKeyOfTheFileAloneHasNoEffectAsASystemProperty() {
        Config config = Config.parse("zoo.cfg", BASE, Map.of("zookeeper.tickTime", "5", "java.version", "17"));
        assertEquals(3000, config.tickTimeMillis());
        assertEquals(
                List.of(Problem.warning(
                        "-Dzookeeper.tickTime=5: has no effect as a system property. Write tickTime in the"
                                + " configuration file.")),
                config.problems());
    }

    @Test
    void unknownKeysAreNamedWithTheNearestKnownOne() {
        assertEquals(
                List.of(
                        Problem.warning("zoo.cfg:3 tickTme=2000: unknown key, ignored. Did you mean tickTime?"),
                        Problem.warning("zoo.cfg:4 datadir=/x: unknown key, ignored. Did you mean dataDir?"),
                        Problem.warning("zoo.cfg:5 colour=red: unknown key, ignored."),
                        Problem.warning(
                                "zoo.cfg:6 zookeeper.snapCount=5: unknown key, ignored. Here it is written snapCount.")),
                unused("tickTme=2000\ndatadir=/x\ncolour=red\nzookeeper.snapCount=5\n"));
    }

    @Test
    void strictModeMakesUnknownKeysErrors() {
        assertEquals(
                List.of(
                        Problem.error("zoo.cfg:4 tickTme=1: unknown key. Did you mean tickTime?"),
                        Problem.error("zoo.cfg:5 colour=red: unknown key. Remove it, or set config.strict=false.")),
                unused("config.strict=true\ntickTme=1\ncolour=red\n"));
    }

    @Test
    void unknownSystemPropertiesAreNamedToo() {
        Config config = Config.parse(
                "zoo.cfg",
                BASE,
                Map.of(
                        "zookeeper.snapcount",
                        "1",
                        "zookeeper.log.dir",
                        "/l",
                        "zookeeper.request.timeout",
                        "3",
                        "other",
                        "x"));
        assertEquals(
                List.of(Problem.warning("-Dzookeeper.snapcount=1: unknown key, ignored. Did you mean snapCount?")),
                config.unusedKeys(Set.of()));
    }

    @Test
    void keysWithoutEffectSayWhy() {
        assertEquals(
                List.of(
                        Problem.note(
                                new ConfigEntry("nio.numWorkerThreads", "16", new Origin.FileLine("zoo.cfg", 3)),
                                "accepted, has no effect here, because the transport plugin has threads of its own."),
                        Problem.note(
                                new ConfigEntry("forceSync", "no", new Origin.FileLine("zoo.cfg", 4)),
                                "has no effect here, because no chosen plugin has this setting.")),
                unused("nio.numWorkerThreads=16\nforceSync=no\n"));
    }

    @Test
    void aPluginsAliasIsNoUnusedKey() {
        Config config = parse(BASE + "forceSync=no\nnio.numWorkerThreads=16\nmyOwnKey=1\n");
        assertEquals(List.of(), config.unusedKeys(Set.of("forceSync", "nio.numWorkerThreads", "myOwnKey")));
    }

    @Test
    void secretsAreNotShown() {
        assertEquals(
                "zoo.cfg:3 ssl.keyStore.password=***: accepted, has no effect here, because this version has no TLS.",
                unused("ssl.keyStore.password=hunter2").get(0).message());
        ConfigEntry digest =
                new ConfigEntry("DigestAuthenticationProvider.superDigest", "super:abc", new Origin.Application());
        assertEquals("DigestAuthenticationProvider.superDigest=***", digest.shown());
    }

    @Test
    void protectionWeDoNotHaveStopsTheStart() {
        assertEquals(
                List.of(
                        Problem.error(
                                "zoo.cfg:3 secureClientPort=2281: this version has no TLS port. Remove the line if the"
                                        + " server may run without."),
                        Problem.error("zoo.cfg:4 enforce.auth.enabled=true: does not say by what. Add"
                                + " enforce.auth.schemes=<scheme>,...")),
                problems("secureClientPort=2281\nenforce.auth.enabled=true\nsslQuorum=false\n"));
    }

    @Test
    void theSchemesThatClientsMustAuthenticateByAreAList() {
        assertEquals(Set.of(), parse("enforce.auth.schemes=digest\n").requiredAuthSchemes());
        assertEquals(
                Set.of("digest", "x509"),
                parse("enforce.auth.enabled=true\nenforce.auth.schemes=digest, x509,\n")
                        .requiredAuthSchemes());
        assertEquals(
                Set.of("sasl"),
                parse("sessionRequireClientSASLAuth=true\nenforce.auth.enabled=true\nenforce.auth.schemes=digest\n")
                        .requiredAuthSchemes());
    }

    @Test
    void ourOwnKeysAreLeftToWhoeverKnowsThePlugins() {
        assertEquals(List.of(), unused("storage.mapdb.mmmap=1\nplugin.storge=x\n"));
        assertEquals(
                List.of(Problem.warning(
                        "zoo.cfg:3 config.strikt=1: unknown key, ignored. Did you mean config.strict?")),
                unused("config.strikt=1"));
    }

    @Test
    void settingsOfAPluginKeepTheirPlace() {
        assertEquals(
                List.of(new ConfigEntry("storage.mapdb.mmap", "ye", new Origin.FileLine("zoo.cfg", 3))),
                parse(BASE + "storage.mapdb.mmap=ye\nstorage.memory.x=1").pluginSettings("storage", "mapdb"));
    }

    @Test
    void argumentsMayStandInForAFile() {
        Config config = Config.read(List.of("2181", "/data", "500", "7"), Map.of());
        assertEquals(List.of(), config.problems());
        assertEquals(OptionalInt.of(2181), config.clientPort());
        assertEquals(Path.of("/data"), config.dataDir());
        assertEquals(500, config.tickTimeMillis());
        assertEquals(7, config.maxClientCnxns());
        assertEquals(
                List.of("argument 1 clientPort=http: expected a whole number from 0 to 65535."),
                Problem.errorsOf(Config.read(List.of("http", "/data"), Map.of()).problems()));
        assertEquals(
                List.of(Problem.error(
                        "expected <zoo.cfg> or <port> <dataDir> [tickTime] [maxClientCnxns], got 0 arguments.")),
                Config.read(List.of(), Map.of()).problems());
    }

    @Test
    void aFileIsReadFromDisk(@TempDir Path directory) throws Exception {
        Path file = Files.writeString(directory.resolve("my.cfg"), BASE + "tickTime=x\n");
        Config config = Config.read(List.of(file.toString()), Map.of());
        assertEquals(
                List.of(Problem.error("my.cfg:3 tickTime=x: expected a whole number, at least 1 (ms).")),
                config.problems());
        // Whoever changes the file has to know it.
        assertEquals(
                file.toAbsolutePath().toString(), config.text("config.file").orElseThrow());
    }

    @Test
    void whatTunesTheLinksOfAnEnsembleIsUsedByTheConsensusThatHasThem() {
        Config config = Config.parse(
                "zoo.cfg",
                "dataDir=/data\nclientPort=1\ncnxTimeout=1\nquorumListenOnAllIPs=true\nelectionPortBindRetry=5\n",
                Map.of());
        assertEquals(
                List.of(), config.unusedKeys(Set.of("cnxTimeout", "quorumListenOnAllIPs", "electionPortBindRetry")));
        assertEquals(3, config.unusedKeys(Set.of()).size());
    }

    @Test
    void aMissingFileIsTheOnlyComplaint(@TempDir Path directory) {
        Path file = directory.resolve("none.cfg");
        assertEquals(
                List.of(Problem.error(file + ": there is no such file. Check the path.")),
                Config.read(List.of(file.toString()), Map.of()).problems());
        assertEquals(
                List.of(Problem.error(directory + ": cannot be read, because it is a directory.")),
                Config.read(List.of(directory.toString()), Map.of()).problems());
    }

    @Test
    void anEmbeddedServerTakesAnyPort() {
        Config config =
                Config.builder().dataDir(Path.of("/data")).set("tickTime", 50).build();
        assertEquals(List.of(), config.problems());
        assertEquals(List.of(), config.unusedKeys(Set.of()));
        assertEquals(OptionalInt.of(0), config.clientPort());
        assertEquals(50, config.tickTimeMillis());
        assertEquals(
                List.of(Problem.error("tickTime=x: expected a whole number, at least 1 (ms).")),
                Config.of(Map.of("dataDir", "/data", "tickTime", "x")).problems());
    }

    @Test
    void twoConfigurationsDoNotSeeEachOther() {
        assertEquals(1, Config.of(Map.of("dataDir", "/a", "tickTime", "1")).tickTimeMillis());
        assertEquals(3000, Config.of(Map.of("dataDir", "/a")).tickTimeMillis());
    }
}
