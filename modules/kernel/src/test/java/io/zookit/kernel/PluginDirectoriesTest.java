package io.zookit.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins in directories, and every message about what can be wrong with them. */
class PluginDirectoriesTest {
    private static final String BASE = "dataDir=/data\nclientPort=0\nplugin.auth=world\n";

    @TempDir
    static Path built;

    private static ModularServer server;

    @TempDir
    Path directory;

    private Path plugins;

    @BeforeAll
    static void buildTheUsualPlugins() {
        server = new ModularServer();
        PluginJar.plugin(
                        "a.netty",
                        "io.zookit.spi.transport.TransportProvider",
                        "io.zookit.spi.transport.Transport",
                        "return \"netty\";",
                        "",
                        "")
                .write(built.resolve("transport-netty/a.jar"));
        PluginJar.plugin(
                        "a.single",
                        "io.zookit.spi.consensus.ConsensusProvider",
                        "io.zookit.spi.consensus.Consensus",
                        "return \"single\";",
                        "",
                        "")
                .write(built.resolve("consensus-single/a.jar"));
        PluginJar.plugin(
                        "a.buckets",
                        "io.zookit.spi.session.SessionExpiryProvider",
                        "io.zookit.spi.session.SessionExpiry",
                        "return \"buckets\";",
                        "",
                        "")
                .write(built.resolve("session-buckets/a.jar"));
        PluginJar.auth("a.world", "world").write(built.resolve("auth-world/a.jar"));
        PluginJar.storage(
                        "a.mapdb",
                        "mapdb",
                        "new io.zookit.spi.Setting(\"mmap\", \"true\", \"d\"),"
                                + "new io.zookit.spi.Setting(\"size\", \"5\", \"d\", java.util.List.of(\"preAllocSize\", \"growth\"))",
                        "context.settings().flag(\"mmap\"); context.settings().number(\"size\", 1, 100);")
                .write(built.resolve("storage-mapdb/a.jar"));
    }

    @BeforeEach
    void copyTheUsualPlugins() throws IOException {
        plugins = directory.resolve("plugins");
        try (Stream<Path> jars = Files.walk(built)) {
            for (Path jar : jars.filter(Files::isRegularFile).toList()) {
                Path copy = plugins.resolve(built.relativize(jar));
                Files.createDirectories(copy.getParent());
                Files.copy(jar, copy);
            }
        }
    }

    private List<String> failures(String lines) {
        return server.failures(plugins, BASE + lines);
    }

    private Path jar(String path) {
        return plugins.resolve(path);
    }

    @Test
    void theUsualDirectoriesLoad() throws Exception {
        assertEquals(List.of(), failures(""));
        ClassLoader loader = server.product(plugins, BASE, "storage").getClass().getClassLoader();
        assertEquals("a.mapdb", loader.loadClass("a.mapdb.Provider").getModule().getName());
    }

    @Test
    void aMissingPluginIsNamedWithWhatIsInstalled() {
        PluginJar.storage("a.memory", "memory").write(jar("storage-memory/a.jar"));
        assertEquals(
                List.of("zoo.cfg:4 plugin.storage=rocks: no such plugin. Installed for storage: mapdb 1.2.0"
                        + " (plugins/storage-mapdb), memory 1.2.0 (plugins/storage-memory). Add its jars under plugins/ or change"
                        + " the line."),
                failures("plugin.storage=rocks"));
    }

    @Test
    void aMissingPluginOfAListIsNamed() {
        assertEquals(
                List.of(
                        "zoo.cfg:3 plugin.auth=world,token: there is no plugin auth/token. Installed for auth: world 1.2.0"
                                + " (plugins/auth-world). Add its jars under plugins/ or change the line."),
                server.failures(plugins, "dataDir=/data\nclientPort=0\nplugin.auth=world,token\n"));
    }

    @Test
    void aMissingDefaultIsNamedTooAndAnEnsembleWantsZab() throws IOException {
        Files.delete(jar("storage-mapdb/a.jar"));
        Files.delete(jar("storage-mapdb"));
        assertEquals(
                List.of(
                        "plugin.consensus=zab (default): no such plugin. Installed for consensus: single 1.2.0"
                                + " (plugins/consensus-single). Add its jars under plugins/ or set plugin.consensus.",
                        "plugin.storage=mapdb (default): no such plugin. Installed for storage: nothing. Add its jars under"
                                + " plugins/ or set plugin.storage."),
                failures("initLimit=5\nsyncLimit=5\nserver.1=a:1:2\nserver.2=b:1:2\nserver.3=c:1:2\n"));
    }

    @Test
    void configurationAndPluginsAreReportedTogether() {
        assertEquals(
                List.of(
                        "zoo.cfg:4 tickTime=x: expected a whole number, at least 1 (ms).",
                        "zoo.cfg:6 storage.mapdb.mmpa=1: the plugin storage/mapdb has no such setting. Did you mean"
                                + " storage.mapdb.mmap?",
                        "zoo.cfg:7 plugin.storge=x: unknown key. Did you mean plugin.storage?",
                        "zoo.cfg:5 storage.mapdb.mmap=ye: expected true or false."),
                failures("tickTime=x\nstorage.mapdb.mmap=ye\nstorage.mapdb.mmpa=1\nplugin.storge=x\n"));
    }

    @Test
    void twoDirectoriesForOnePluginAreRefused() {
        PluginJar.storage("b.mapdb", "mapdb").version("0.3").write(jar("my-mapdb/b.jar"));
        assertEquals(
                List.of("storage/mapdb is provided twice: plugins/my-mapdb (b.mapdb@0.3) and plugins/storage-mapdb"
                        + " (a.mapdb@1.2.0). Remove one."),
                failures(""));
    }

    @Test
    void aCopyOfADirectoryIsRefused() throws IOException {
        Files.createDirectories(jar("storage-mapdb-old"));
        Files.copy(jar("storage-mapdb/a.jar"), jar("storage-mapdb-old/a.jar"));
        assertEquals(
                List.of(
                        "storage/mapdb is provided twice: plugins/storage-mapdb (a.mapdb@1.2.0) and plugins/storage-mapdb-old"
                                + " (a.mapdb@1.2.0). Remove one."),
                failures(""));
    }

    @Test
    void aPluginForANewerServerIsRefused() {
        Path spi = PluginJar.spi(directory.resolve("spi.jar"), "2.0");
        PluginJar.auth("a.token", "token").againstSpi(spi).write(jar("auth-token/a.jar"));
        assertEquals(
                List.of(
                        "plugins/auth-token was compiled for SPI 2.0; this server has SPI 1.0 (accepts 1.0–1.0). Use a build for"
                                + " 1.x."),
                failures("plugin.auth=world,token"));
        assertEquals(List.of(), failures("# nobody chose it, so it is no reason not to start"));
    }

    @Test
    void aPluginForANewerMinorVersionIsRefused() {
        Path spi = PluginJar.spi(directory.resolve("spi.jar"), "1.3.1");
        PluginJar.auth("a.token", "token").againstSpi(spi).write(jar("auth-token/a.jar"));
        assertEquals(
                List.of(
                        "plugins/auth-token was compiled for SPI 1.3; this server has SPI 1.0 (accepts 1.0–1.0). Use a build for"
                                + " 1.0 or older, or a newer server."),
                failures("plugin.auth=world,token"));
    }

    @Test
    void aMissingJarIsNamed() {
        Path library = PluginJar.module("some.library")
                .says("exports some.library;")
                .source("some.library.Words", "package some.library; public class Words {}")
                .write(directory.resolve("library.jar"));
        PluginJar.storage("a.rocks", "rocks")
                .says("requires some.library;")
                .against(library)
                .write(jar("storage-rocks/a.jar"));
        assertEquals(
                List.of(
                        "plugins/storage-rocks: module a.rocks requires some.library, not in that directory. Add its jar there."),
                failures("plugin.storage=rocks"));
        assertEquals(List.of(), failures(""));
    }

    @Test
    void aModuleOfJavaThatTheServerWasNotStartedWithIsNamed() {
        PluginJar.storage("a.rocks", "rocks")
                .says("requires jdk.incubator.vector;")
                .write(jar("storage-rocks/a.jar"));
        assertEquals(
                List.of(
                        "plugins/storage-rocks: module a.rocks requires jdk.incubator.vector, which Java has but was not started"
                                + " with. Start the server with --add-modules jdk.incubator.vector."),
                failures("plugin.storage=rocks"));
    }

    @Test
    void whatTheServerProvidesMustNotBeBroughtAlong() throws IOException {
        Files.copy(ServerLayer.place(org.slf4j.Logger.class), jar("storage-mapdb/slf4j-api.jar"));
        assertEquals(
                List.of("plugins/storage-mapdb: module org.slf4j is provided by the server. Remove slf4j-api.jar."),
                failures(""));
    }

    @Test
    void twoJarsWithOneModuleAreRefused() throws IOException {
        Files.copy(jar("storage-mapdb/a.jar"), jar("storage-mapdb/b.jar"));
        assertEquals(
                List.of("plugins/storage-mapdb: module a.mapdb is in a.jar and in b.jar. Keep one of them."),
                failures(""));
    }

    @Test
    void twoJarsWithOnePackageAreRefused() {
        PluginJar.module("other")
                .source("a.mapdb.Other", "package a.mapdb; class Other {}")
                .write(jar("storage-mapdb/other.jar"));
        assertEquals(
                List.of("plugins/storage-mapdb: package a.mapdb is in a.jar and in other.jar. Keep one of them."),
                failures(""));
    }

    @Test
    void directoriesWithoutPluginAreRefusedUnlessTheirNameSaysThatNobodyWantsThem() throws IOException {
        Files.createDirectories(jar("stuff"));
        PluginJar.module("other").write(jar("more/other.jar"));
        Files.createDirectories(jar("auth-later"));
        Files.createDirectories(jar(".hidden"));
        Files.writeString(jar("README"), "not a plugin");
        assertEquals(
                List.of(
                        "plugins/more: no provider of a plugin in this directory. Put the plugin's jars there or remove it.",
                        "plugins/stuff: no provider of a plugin in this directory, not even a jar. Put the plugin's jars there or"
                                + " remove it."),
                failures(""));
    }

    @Test
    void jarsInTheWrongPlaceAreNamed() throws IOException {
        Files.move(jar("storage-mapdb/a.jar"), jar("mapdb.jar"));
        assertEquals(
                List.of(
                        "plugins/mapdb.jar: a plugin has a directory of its own. Move its jars to plugins/<kind>-<id>/.",
                        "plugins/storage-mapdb: no provider of a plugin in this directory, not even a jar. Put the plugin's jars"
                                + " there or remove it."),
                failures(""));
    }

    @Test
    void aJarThatIsNoneIsNamed() throws IOException {
        Files.writeString(jar("storage-mapdb/broken.jar"), "not a zip");
        assertEquals(
                List.of(
                        "plugins/storage-mapdb: broken.jar cannot be read as a module: zip END header not found. Replace it."),
                failures(""));
    }

    @Test
    void aMissingRootIsNamed() {
        Path nowhere = directory.resolve("nowhere");
        assertEquals(
                List.of(nowhere + ": there is no such directory. It should hold one directory for each plugin."),
                server.failures(nowhere, BASE));
    }

    @Test
    void aMalformedIdIsRefused() {
        PluginJar.storage("a.rocks", "Rocks!").write(jar("storage-rocks/a.jar"));
        assertEquals(
                "plugins/storage-rocks: the id \"Rocks!\" of a.rocks.Provider is malformed. An id is made of lower case letters,"
                        + " digits and dashes.",
                failures("plugin.storage=rocks").get(0));
    }

    @Test
    void aProviderThatFailsIsNamedWithItsReason() {
        PluginJar.plugin(
                        "a.rocks",
                        "io.zookit.spi.storage.StorageProvider",
                        "io.zookit.spi.storage.Storage",
                        "throw new IllegalStateException(\"no id today\");",
                        "",
                        "")
                .write(jar("storage-rocks/a.jar"));
        assertEquals(
                List.of(
                        "plugins/storage-rocks: a.rocks.Provider cannot be asked for its id: java.lang.IllegalStateException: no"
                                + " id today"),
                failures("plugin.storage=rocks"));
        PluginJar.storage("a.rocks", "rocks", "", "if (true) throw new IllegalStateException(\"no disk today\");")
                .write(jar("storage-rocks/a.jar"));
        assertEquals(
                List.of(
                        "plugins/storage-rocks: the plugin storage/rocks cannot be made: java.lang.IllegalStateException: no disk"
                                + " today"),
                failures("plugin.storage=rocks"));
    }

    @Test
    void codeOfPluginsNobodyChoseDoesNotRun() {
        String mark = "ran." + UUID.randomUUID();
        PluginJar.plugin(
                        "a.rocks",
                        "io.zookit.spi.storage.StorageProvider",
                        "io.zookit.spi.storage.Storage",
                        "System.setProperty(\"" + mark + "\", \"yes\"); return \"rocks\";",
                        "",
                        "")
                .write(jar("storage-rocks/a.jar"));
        assertEquals(List.of(), failures(""));
        assertNull(System.getProperty(mark));
        assertEquals(List.of(), failures("plugin.storage=rocks"));
        assertEquals("yes", System.getProperty(mark));
    }

    @Test
    void aDirectoryMayHaveAnyName() {
        PluginJar.storage("a.rocks", "rocks").write(jar("the-good-one/a.jar"));
        assertEquals(List.of(), failures("plugin.storage=rocks"));
    }

    @Test
    void aDirectoryWithAMisleadingNameIsFoundWhenItIsNeeded() {
        PluginJar.storage("a.rocks", "rocks").write(jar("storage-stones/a.jar"));
        assertEquals(List.of(), failures("plugin.storage=rocks"));
    }

    @Test
    void pluginsDoNotSeeEachOthersLibraries() throws Exception {
        for (String name : List.of("rocks", "stones")) {
            Path library = PluginJar.module("some.library")
                    .says("exports some.library;")
                    .source(
                            "some.library.Words",
                            "package some.library; public class Words { public static final String TEXT = \"\" + \""
                                    + name + "\".trim(); }")
                    .write(jar("storage-" + name + "/library.jar"));
            PluginJar.storage(
                            "a." + name,
                            name,
                            "",
                            "if (!some.library.Words.TEXT.equals(\"" + name + "\"))"
                                    + " throw new IllegalStateException(some.library.Words.TEXT);")
                    .says("requires some.library;")
                    .against(library)
                    .write(jar("storage-" + name + "/a.jar"));
        }
        assertEquals(List.of(), failures("plugin.storage=rocks"));
        assertEquals(List.of(), failures("plugin.storage=stones"));
    }

    @Test
    void settingsAreChecked() throws IOException {
        PluginJar.storage("a.memory", "memory").write(jar("storage-memory/a.jar"));
        assertEquals(
                List.of("zoo.cfg:4 storage.mapdb.size=0: expected a whole number from 1 to 100."),
                failures("storage.mapdb.size=0"));
        assertEquals(
                List.of("zoo.cfg:4 preAllocSize=big: expected a whole number from 1 to 100."),
                failures("preAllocSize=big"));
        assertEquals(List.of(), failures("storage.mapdb.size=7\npreAllocSize=big"));
        assertEquals(List.of(), failures("growth=7"));
        assertEquals(List.of(), failures("storage.memory.anything=1"));
        assertEquals(
                List.of(
                        "zoo.cfg:4 storage.mapdb.colour=red: the plugin storage/mapdb has no such setting. It has mmap, size."),
                failures("storage.mapdb.colour=red"));
        assertEquals(
                List.of(
                        "zoo.cfg:4 storage.mabdb.size=1: there is no plugin storage/mabdb. Did you mean storage.mapdb.size?"),
                failures("storage.mabdb.size=1"));
        assertEquals(
                List.of(
                        "zoo.cfg:4 storage.size=1: unknown key. A setting of a plugin is written storage.<plugin>.<name>."),
                failures("storage.size=1"));
        assertEquals(
                List.of("zoo.cfg:4 auth.world.x=1: the plugin auth/world has no such setting. It has none."),
                failures("auth.world.x=1"));
    }

    @Test
    void allPluginsCanBeListed() throws Exception {
        PluginJar.storage("a.memory", "memory").write(jar("storage-memory/a.jar"));
        assertEquals(
                List.of(
                        "InstalledPlugin[kind=TRANSPORT, id=netty, module=a.netty@1.2.0, place=plugins/transport-netty,"
                                + " chosen=true]",
                        "InstalledPlugin[kind=CONSENSUS, id=single, module=a.single@1.2.0, place=plugins/consensus-single,"
                                + " chosen=true]",
                        "InstalledPlugin[kind=STORAGE, id=mapdb, module=a.mapdb@1.2.0, place=plugins/storage-mapdb, chosen=true]",
                        "InstalledPlugin[kind=STORAGE, id=memory, module=a.memory@1.2.0, place=plugins/storage-memory,"
                                + " chosen=false]",
                        "InstalledPlugin[kind=AUTH, id=world, module=a.world@1.2.0, place=plugins/auth-world, chosen=true]",
                        "InstalledPlugin[kind=SESSION, id=buckets, module=a.buckets@1.2.0, place=plugins/session-buckets,"
                                + " chosen=true]"),
                server.list(plugins, BASE));
    }

    @Test
    void aJarWithoutDescriptorWorksAsAnAutomaticModule() throws IOException {
        Path jar = PluginJar.storage("a.rocks", "rocks").write(directory.resolve("a-rocks.jar"));
        Path classes = directory.resolve("classes");
        Files.createDirectories(classes.resolve("META-INF/services"));
        Files.createDirectories(classes.resolve("a/rocks"));
        try (var zip = java.nio.file.FileSystems.newFileSystem(jar)) {
            Files.copy(zip.getPath("a/rocks/Provider.class"), classes.resolve("a/rocks/Provider.class"));
            Files.copy(
                    zip.getPath("META-INF/services/io.zookit.spi.storage.StorageProvider"),
                    classes.resolve("META-INF/services/io.zookit.spi.storage.StorageProvider"));
        }
        Files.createDirectories(jar("storage-rocks"));
        PluginJar.jar("--create", "--file=" + jar("storage-rocks/rocks-1.0.jar"), "-C", classes.toString(), ".");
        assertEquals(List.of(), failures("plugin.storage=rocks"));
    }

    @Test
    void aGoodDirectoryPassesThePackagingCheck() {
        assertEquals(List.of(), PackagingCheck.check(plugins.resolve("storage-mapdb"), directory));
    }

    @Test
    void thePackagingCheckIsStricterThanAServer() throws IOException {
        PluginJar.storage(
                        "a.rocks",
                        "rocks",
                        "new io.zookit.spi.Setting(\"a b\", \"1\", \"d\"), new io.zookit.spi.Setting(\"c\", \"x\", \"\")",
                        "context.settings().number(\"c\", 0, 9);")
                .says("exports a.rocks;")
                .resource("META-INF/services/io.zookit.spi.storage.StorageProvider", "a.rocks.Other\n")
                .write(jar("storage-rocks/a.jar"));
        assertEquals(
                List.of(
                        "storage-rocks: module a.rocks exports or opens a package. A plugin exports nothing.",
                        "storage-rocks: module a.rocks provides [a.rocks.Provider] for io.zookit.spi.storage.StorageProvider, but"
                                + " META-INF/services/ in a.jar lists [a.rocks.Other]. Make them equal.",
                        "storage/rocks: the setting \"a b\" cannot be written as a key. Use letters, digits, dots and dashes.",
                        "storage/rocks: the setting \"c\" has no description.",
                        "storage/rocks: refuses its own defaults: storage.rocks.c=x (default): expected a whole number from 0 to"
                                + " 9."),
                PackagingCheck.check(plugins.resolve("storage-rocks"), directory));
        assertTrue(PackagingCheck.check(directory.resolve("nothing"), directory)
                .get(0)
                .startsWith("nothing: cannot be read"));
    }

    @Test
    void fromTheClassPathDirectoriesCannotBeLoaded() {
        StartException failed = org.junit.jupiter.api.Assertions.assertThrows(
                StartException.class,
                () -> Plugins.load(
                        io.zookit.config.Config.parse("zoo.cfg", BASE, java.util.Map.of()),
                        PluginSource.directories(plugins),
                        Surroundings.ofMachine("test")));
        assertEquals(
                List.of(plugins
                        + ": plugins in directories need a server that runs from the module path, and this one runs from the class"
                        + " path. Add the plugins' jars to the class path and use PluginSource.services, or"
                        + " PluginSource.instances."),
                failed.reasons());
    }
}
