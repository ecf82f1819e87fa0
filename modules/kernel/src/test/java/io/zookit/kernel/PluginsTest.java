package io.zookit.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.config.Config;
import io.zookit.config.Problem;
import io.zookit.spi.PluginContext;
import io.zookit.spi.PluginKind;
import io.zookit.spi.PluginProvider;
import io.zookit.spi.ServerClock;
import io.zookit.spi.Setting;
import io.zookit.spi.auth.AuthScheme;
import io.zookit.spi.auth.AuthSchemeProvider;
import io.zookit.spi.auth.IdentityGrant;
import io.zookit.spi.auth.IdentityGrantProvider;
import io.zookit.spi.consensus.Consensus;
import io.zookit.spi.consensus.ConsensusProvider;
import io.zookit.spi.session.SessionExpiry;
import io.zookit.spi.session.SessionExpiryProvider;
import io.zookit.spi.storage.Storage;
import io.zookit.spi.storage.StorageProvider;
import io.zookit.spi.transport.Transport;
import io.zookit.spi.transport.TransportProvider;
import java.lang.reflect.Proxy;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ThreadFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugins that an application brings along, and what they are given. */
class PluginsTest {
    /** What a test provider answers and what it was given. */
    private abstract static class Recording<T> {
        private final String id;
        private final List<Setting> settings;
        private final Class<T> product;
        PluginContext context;

        Recording(String id, Class<T> product, Setting... settings) {
            this.id = id;
            this.product = product;
            this.settings = List.of(settings);
        }

        public String id() {
            return id;
        }

        public List<Setting> settings() {
            return settings;
        }

        public T create(PluginContext given) {
            context = given;
            return product.cast(Proxy.newProxyInstance(
                    product.getClassLoader(),
                    new Class<?>[] {product},
                    (proxy, method, arguments) -> switch (method.getName()) {
                        case "hashCode" -> id.hashCode();
                        case "equals" -> proxy == arguments[0];
                        case "toString" -> id;
                        default -> null;
                    }));
        }
    }

    private static final class Net extends Recording<Transport> implements TransportProvider {
        Net(String id) {
            super(id, Transport.class);
        }
    }

    private static final class Vote extends Recording<Consensus> implements ConsensusProvider {
        Vote(String id) {
            super(id, Consensus.class);
        }
    }

    private static final class Disk extends Recording<Storage> implements StorageProvider {
        Disk(String id, Setting... settings) {
            super(id, Storage.class, settings);
        }
    }

    private static final class Expiry extends Recording<SessionExpiry> implements SessionExpiryProvider {
        Expiry(String id) {
            super(id, SessionExpiry.class, new Setting("interval", "3000", "d", List.of("tickTime")));
        }
    }

    private static final class Scheme extends Recording<AuthScheme> implements AuthSchemeProvider {
        Scheme(String id) {
            super(id, AuthScheme.class);
        }
    }

    private static final class Grant extends Recording<IdentityGrant> implements IdentityGrantProvider {
        Grant(String id) {
            super(id, IdentityGrant.class);
        }
    }

    private final Disk disk = new Disk(
            "mapdb",
            new Setting("mmap", "yes", "d"),
            new Setting("size", "5", "d", List.of("preAllocSize")),
            new Setting("secretFile", null, "d"));
    private final Expiry expiry = new Expiry("buckets");
    private final Net net = new Net("netty");

    private PluginSource source(PluginProvider<?>... more) {
        List<PluginProvider<?>> providers = new ArrayList<>(List.of(
                net,
                new Vote("single"),
                disk,
                expiry,
                new Scheme("world"),
                new Scheme("ip"),
                new Scheme("digest"),
                new Grant("super")));
        providers.addAll(List.of(more));
        return PluginSource.instances(providers.toArray(new PluginProvider<?>[0]));
    }

    private static Config config(String... keysAndValues) {
        Map<String, String> entries = new TreeMap<>(Map.of("dataDir", "/data"));
        for (int i = 0; i < keysAndValues.length; i += 2) {
            entries.put(keysAndValues[i], keysAndValues[i + 1]);
        }
        return Config.of(entries);
    }

    private static Plugins load(Config config, PluginSource source) {
        return Plugins.load(config, source, Surroundings.ofMachine("test"));
    }

    private static List<String> failures(Config config, PluginSource source) {
        return assertThrows(StartException.class, () -> load(config, source)).reasons();
    }

    private static List<String> warnings(Config config, PluginSource source) {
        return Plugins.check(config, source, Surroundings.ofMachine("test")).stream()
                .filter(problem -> problem.severity() == Problem.Severity.WARNING)
                .map(Problem::message)
                .toList();
    }

    @Test
    void givesEachKindByItsType() {
        Plugins plugins = load(config(), source());
        assertEquals("netty", plugins.transport().toString());
        assertEquals("single", plugins.consensus().toString());
        assertEquals("mapdb", plugins.storage().toString());
        assertEquals("buckets", plugins.sessionExpiry().toString());
        assertEquals("[world, ip, digest]", plugins.authSchemes().toString());
        assertEquals("[super]", plugins.grants().toString());
        assertSame(plugins.storage(), plugins.storage());
    }

    @Test
    void authenticationIsAskedInTheOrderOfTheConfiguration() {
        Plugins plugins = load(config("plugin.auth", "digest, token ,world"), source(new Scheme("token")));
        assertEquals("[digest, token, world]", plugins.authSchemes().toString());
        assertEquals("[]", plugins.grants().toString());
    }

    @Test
    void classesOfTheStandardConfigurationStandForPlugins() {
        Config config = config(
                "serverCnxnFactory", "org.apache.zookeeper.server.NettyServerCnxnFactory",
                "authProvider.1", "org.apache.zookeeper.server.auth.DigestAuthenticationProvider",
                "authProvider.2", "org.apache.zookeeper.server.auth.SASLAuthenticationProvider");
        assertEquals(
                "[world, ip, digest, sasl]",
                load(config, source(new Scheme("sasl"))).authSchemes().toString());
        assertEquals("[world, ip, digest]", load(config, source()).authSchemes().toString());
    }

    @Test
    void aSchemeChosenByAClassThatIsNotThereAdmitsNobodyAndIsSaid() {
        assertEquals(
                List.of(
                        "authProvider.1=com.example.Auth: authentication is not loaded by class name, so nobody can authenticate by it."
                                + " Install a plugin for the scheme and add its id to plugin.auth.",
                        "authProvider.2=org.apache.zookeeper.server.auth.SASLAuthenticationProvider: there is no plugin auth/sasl, so"
                                + " nobody can authenticate by it. Add its jar to the application."),
                warnings(
                        config(
                                "authProvider.1",
                                "com.example.Auth",
                                "authProvider.2",
                                "org.apache.zookeeper.server.auth.SASLAuthenticationProvider"),
                        source()));
    }

    @Test
    void anotherNetworkLayerIsRefusedWithOurWay() {
        assertEquals(
                List.of(
                        "serverCnxnFactory=com.example.Net: the network layer is not loaded by class name. Install a plugin and"
                                + " write plugin.transport=<id>."),
                failures(config("serverCnxnFactory", "com.example.Net"), source()));
    }

    @Test
    void aMalformedChoiceIsRefused() {
        assertEquals(
                List.of("plugin.storage=a,b: expected the id of one plugin."),
                failures(config("plugin.storage", "a,b"), source()));
        assertEquals(
                List.of("plugin.auth=world,,ip: expected ids of plugins, separated by commas."),
                failures(config("plugin.auth", "world,,ip"), source()));
        assertEquals(
                List.of("plugin.auth=ip,ip: ip stands there twice. Remove one."),
                failures(config("plugin.auth", "ip,ip"), source()));
    }

    @Test
    void twoInstancesOfOnePluginAreRefused() {
        assertEquals(
                List.of("storage/mapdb is provided twice: given by the application (" + Disk.class.getName()
                        + ") and given by the application (" + Disk.class.getName() + "). Remove one."),
                failures(config(), source(new Disk("mapdb"))));
    }

    @Test
    void aPluginGetsItsSurroundings() {
        ServerClock clock = ServerClock.system();
        Config config = config("dataLogDir", "/log");
        Plugins.load(config, source(), new Surroundings("s1", clock, 42));
        PluginContext context = disk.context;
        assertSame(clock, context.clock());
        assertEquals(Path.of("/data"), context.dataDirectory());
        assertEquals(Path.of("/log"), context.logDirectory());
        ThreadFactory threads = context.threads("log");
        Thread first = threads.newThread(() -> {});
        assertEquals("zookit-s1-log", first.getName());
        assertTrue(first.isDaemon());
        assertEquals("zookit-s1-log-2", threads.newThread(() -> {}).getName());
        long drawn = context.random().nextLong();
        assertNotEquals(drawn, net.context.random().nextLong());
        Plugins.load(config, source(), new Surroundings("s1", clock, 42));
        assertEquals(drawn, disk.context.random().nextLong());
    }

    @Test
    void settingsComeFromTheirKeyAnAliasOrTheDefault() {
        load(config("storage.mapdb.mmap", "off", "preAllocSize", "0x10", "tickTime", "2000"), source());
        assertEquals(Optional.of("off"), disk.context.settings().text("mmap"));
        assertEquals(16, disk.context.settings().number("size", 1, 100));
        assertEquals(Optional.empty(), disk.context.settings().text("secretFile"));
        assertEquals(2000, expiry.context.settings().number("interval", 1, 10_000));
        load(config(), source());
        assertTrue(disk.context.settings().flag("mmap"));
        assertEquals(5, disk.context.settings().number("size", 1, 100));
        assertEquals(3000, expiry.context.settings().number("interval", 1, 10_000));
    }

    @Test
    void numberedKeysComeAsTheLinesOfTheirFamily() {
        Setting servers = new Setting("members", null, "d", List.of("server.N"));
        Disk numbered = new Disk("other", servers);
        Config ensemble = config(
                "plugin.storage", "other",
                "plugin.consensus", "single",
                "initLimit", "10",
                "syncLimit", "5",
                "server.1", "a:1:2",
                "server.22", "b:1:2",
                "server.realm", "c");
        load(ensemble, source(numbered));
        assertEquals(
                Optional.of("server.1=a:1:2\nserver.22=b:1:2"),
                numbered.context.settings().text("members"));
        load(config("plugin.storage", "other"), source(numbered));
        assertEquals(Optional.empty(), numbered.context.settings().text("members"));
    }

    @Test
    void theFullKeyWinsOverAnAlias() {
        load(config("storage.mapdb.size", "7", "preAllocSize", "8"), source());
        assertEquals(7, disk.context.settings().number("size", 1, 100));
    }

    @Test
    void aRefusalNamesTheKeyAndWhatWasExpected() {
        load(config("storage.mapdb.size", "7"), source());
        assertEquals(
                "storage.mapdb.size=7: expected a power of two.",
                disk.context
                        .settings()
                        .invalid("size", "expected a power of two")
                        .getMessage());
        assertEquals(
                "storage.mapdb.secretFile is not set: expected a file.",
                disk.context
                        .settings()
                        .invalid("secretFile", "expected a file.")
                        .getMessage());
        assertEquals(
                "storage.mapdb.mmap=yes (default): expected a whole number, at least 0.",
                assertThrows(
                                RuntimeException.class,
                                () -> disk.context.settings().number("mmap", 0, Long.MAX_VALUE))
                        .getMessage());
    }

    @Test
    void anUndeclaredSettingIsABugOfThePlugin() {
        load(config(), source());
        assertThrows(
                IllegalArgumentException.class, () -> disk.context.settings().text("other"));
        assertThrows(
                IllegalArgumentException.class, () -> disk.context.settings().flag("secretFile"));
    }

    @Test
    void servicesOfAClassLoaderArePluginsToo(@TempDir Path directory) throws Exception {
        Path jar = PluginJar.storage("a.rocks", "rocks").write(directory.resolve("rocks.jar"));
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, PluginsTest.class.getClassLoader())) {
            PluginSource source = PluginSource.several(PluginSource.services(loader), source());
            Plugins plugins = load(config("plugin.storage", "rocks"), source);
            assertEquals(
                    List.of(
                            new InstalledPlugin(
                                    PluginKind.STORAGE,
                                    "mapdb",
                                    Disk.class.getName(),
                                    "given by the application",
                                    false),
                            new InstalledPlugin(PluginKind.STORAGE, "rocks", "a.rocks.Provider", "class path", true)),
                    plugins.installed().stream()
                            .filter(plugin -> plugin.kind() == PluginKind.STORAGE)
                            .toList());
        }
    }

    @Test
    void aServiceThatCannotBeMadeIsNamed(@TempDir Path directory) throws Exception {
        Path jar = PluginJar.storage("a.rocks", "rocks")
                .resource("META-INF/services/io.zookit.spi.storage.StorageProvider", "a.rocks.Gone\na.rocks.Provider\n")
                .write(directory.resolve("rocks.jar"));
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {jar.toUri().toURL()}, PluginsTest.class.getClassLoader())) {
            assertEquals(
                    List.of("StorageProvider cannot be made: java.util.ServiceConfigurationError:"
                            + " io.zookit.spi.storage.StorageProvider: Provider a.rocks.Gone not found. A jar is missing or does"
                            + " not fit to the others."),
                    failures(config(), PluginSource.several(PluginSource.services(loader), source())));
        }
    }

    @Test
    void twoServersShareNothing() {
        Plugins one = load(config("tickTime", "1000"), source());
        PluginContext first = expiry.context;
        Plugins two = load(config("tickTime", "2000"), source());
        assertEquals(1000, first.settings().number("interval", 1, 10_000));
        assertEquals(2000, expiry.context.settings().number("interval", 1, 10_000));
        assertNotEquals(one.storage(), two.storage());
    }

    @Test
    void aWrongConfigurationDoesNotStart() {
        assertEquals(
                List.of("tickTime=x: expected a whole number, at least 1 (ms)."),
                failures(config("tickTime", "x"), source()));
    }
}
