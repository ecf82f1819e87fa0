package io.zookit.architecture;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleDescriptor.Requires;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Rules about folders, module descriptors and files. */
class LayoutRulesTest {
    private static final House HOUSE = House.here();

    /** What each module may require beside the JDK. A line is added here only together with a reason in ARCHITECTURE.md. */
    private static final Map<String, Set<String>> MAY_REQUIRE = Map.ofEntries(
            Map.entry("model", Set.of()),
            Map.entry("wire", Set.of("io.zookit.model")),
            Map.entry("spi", Set.of("io.zookit.model")),
            Map.entry("disk", Set.of("io.zookit.spi", "io.zookit.model", "org.slf4j")),
            Map.entry("tree", Set.of("io.zookit.model")),
            Map.entry("watch", Set.of("io.zookit.model")),
            Map.entry("session", Set.of("io.zookit.model")),
            Map.entry("zab", Set.of("io.zookit.model", "io.zookit.wire")),
            Map.entry("config", Set.of()),
            Map.entry("kernel", Set.of("io.zookit.spi", "io.zookit.model", "io.zookit.config", "org.slf4j")),
            Map.entry(
                    "pipeline",
                    Set.of(
                            "io.zookit.spi",
                            "io.zookit.model",
                            "io.zookit.wire",
                            "io.zookit.tree",
                            "io.zookit.watch",
                            "io.zookit.session",
                            "com.lmax.disruptor",
                            "org.slf4j")),
            Map.entry(
                    "server",
                    Set.of(
                            "io.zookit.pipeline",
                            "io.zookit.kernel",
                            "io.zookit.config",
                            "io.zookit.session",
                            "io.zookit.spi",
                            "io.zookit.model",
                            "org.slf4j",
                            "info.picocli")),
            Map.entry(
                    "simulator",
                    Set.of(
                            "io.zookit.model",
                            "io.zookit.wire",
                            "io.zookit.tree",
                            "io.zookit.watch",
                            "io.zookit.session",
                            "io.zookit.zab")),
            Map.entry(
                    "cli",
                    Set.of(
                            "io.zookit.kernel",
                            "io.zookit.config",
                            "io.zookit.spi",
                            "io.zookit.model",
                            "io.zookit.tree",
                            "io.zookit.wire",
                            "info.picocli")),
            Map.entry("benchmarks", Set.of()),
            Map.entry("junit", Set.of("io.zookit.server", "io.zookit.spi", "org.junit.jupiter.api")),
            Map.entry(
                    "tck",
                    Set.of(
                            "io.zookit.spi",
                            "io.zookit.model",
                            "io.zookit.disk",
                            "io.zookit.kernel",
                            "org.junit.jupiter.api")));

    /** Reason: who may know whom is the architecture; a new arrow is a decision, not an import. */
    @Test
    void everyModuleRequiresWhatTheTableAllows() {
        List<String> violations = new ArrayList<>();
        for (Part module : HOUSE.modules()) {
            Set<String> allowed = MAY_REQUIRE.get(module.name());
            if (allowed == null) {
                violations.add(module + " is not in the table");
                continue;
            }
            requiresOf(module).stream()
                    .filter(name -> !isJdk(name) && !allowed.contains(name))
                    .forEach(name -> violations.add(module + " requires " + name));
        }
        assertNone(violations);
    }

    /** Reason: what needs no more than java.base cannot come to depend on a platform service by accident. */
    @Test
    void pureModulesRequireNothingOfTheJdkButItsBase() {
        List<String> violations = new ArrayList<>();
        for (Part module : HOUSE.pureModules()) {
            requiresOf(module).stream()
                    .filter(LayoutRulesTest::isJdk)
                    .forEach(name -> violations.add(module + " requires " + name));
        }
        assertNone(violations);
    }

    /** Reason: a plugin that sees more than the contracts cannot be replaced by somebody else's. */
    @Test
    void pluginsSeeOnlyTheContractsAndTheirOwnLibraries() {
        Set<String> ours = House.moduleNames(HOUSE.all());
        Set<String> shared = Set.of("io.zookit.spi", "io.zookit.model", "org.slf4j");
        // The core of an ensemble's consensus is a module, so that it can be simulated; this plugin is what carries it.
        // What two storages share
        // is a library in the directory of each.
        Map<String, Set<String>> carried = Map.of(
                "consensus-zab", Set.of("io.zookit.zab", "io.zookit.wire"),
                "storage-mapdb", Set.of("io.zookit.disk"),
                "storage-files", Set.of("io.zookit.disk"));
        // The server's own libraries: a plugin must not come to rely on the version the server happens to have.
        Set<String> serverOnly = Set.of("com.lmax.disruptor", "info.picocli", "ch.qos.logback.classic");
        List<String> violations = new ArrayList<>();
        for (Part plugin : HOUSE.plugins()) {
            requiresOf(plugin).stream()
                    .filter(name ->
                            !carried.getOrDefault(plugin.name(), Set.of()).contains(name))
                    .filter(name -> !shared.contains(name) && (ours.contains(name) || serverOnly.contains(name)))
                    .forEach(name -> violations.add(plugin + " requires " + name));
        }
        assertNone(violations);
    }

    /** Reason: the kernel finds plugins by contract. A plugin's name in a module would be the end of that. */
    @Test
    void noModuleNamesAPlugin() {
        List<String> violations = new ArrayList<>();
        for (Part module : HOUSE.modules()) {
            for (Path source : module.sources()) {
                String text = House.textOf(source);
                House.moduleNames(HOUSE.plugins()).stream()
                        .filter(text::contains)
                        .forEach(name -> violations.add(source + " names " + name));
            }
        }
        assertNone(violations);
    }

    /** Reason: one door per module. The contracts have one package for each kind of plugin; plugins have no door at all. */
    @Test
    void aModuleExportsOnePackageAndAPluginNone() {
        List<String> violations = new ArrayList<>();
        for (Part part : HOUSE.all()) {
            long exports = part.descriptor().exports().size();
            boolean right = part.plugin() ? exports == 0 : part.name().equals("spi") || exports == 1;
            if (!right) {
                violations.add(part + " exports " + part.descriptor().exports());
            }
        }
        assertNone(violations);
    }

    /** Reason: what is open to reflection is no longer its module's own. The command line fills in its options that way. */
    @Test
    void nothingIsOpenedButTheCommandLine() {
        List<String> violations = new ArrayList<>();
        for (Part part : HOUSE.all()) {
            boolean commandLine = Set.of("server", "cli").contains(part.name())
                    && part.descriptor().opens().stream()
                            .allMatch(opens -> opens.targets().equals(Set.of("info.picocli")));
            if (!commandLine && !part.descriptor().opens().isEmpty()) {
                violations.add(part + " opens " + part.descriptor().opens());
            }
        }
        assertNone(violations);
    }

    /** Reason: a jar's services must be the same whether it is read from the module path or from the class path. */
    @Test
    void thePluginsServiceFilesEqualTheirModuleDescriptors() {
        List<String> violations = new ArrayList<>();
        for (Part plugin : HOUSE.plugins()) {
            Set<String> declared = new TreeSet<>();
            for (ModuleDescriptor.Provides provides : plugin.descriptor().provides()) {
                provides.providers().forEach(provider -> declared.add(provides.service() + "=" + provider));
            }
            Set<String> written = new TreeSet<>();
            for (Path file : House.filesBelow(plugin.classes().resolve("META-INF/services"), "Provider")) {
                House.textOf(file)
                        .lines()
                        .map(line -> line.replaceFirst("#.*", "").strip())
                        .filter(line -> !line.isEmpty())
                        .forEach(line -> written.add(file.getFileName() + "=" + line));
            }
            if (declared.isEmpty() || !declared.equals(written)) {
                violations.add(plugin + " provides " + declared + ", META-INF/services has " + written);
            }
        }
        assertNone(violations);
    }

    /** Reason: what a server relies on is in the contracts; a plugin of ours that is not held against them proves them wrong. */
    @Test
    void everyPluginIsHeldAgainstTheContractsOfItsKind() {
        Map<String, List<String>> contracts = Map.of(
                "StorageProvider", List.of("LogStoreContract", "SnapshotStoreContract", "ValueStoreContract"),
                "AuthSchemeProvider", List.of("AuthSchemeContract"),
                "IdentityGrantProvider", List.of("IdentityGrantContract"),
                "TransportProvider", List.of("TransportContract"),
                "SessionExpiryProvider", List.of("SessionExpiryContract"),
                // The contract of consensus is the simulator's.
                "ConsensusProvider", List.of());
        List<String> violations = new ArrayList<>();
        for (Part plugin : HOUSE.plugins()) {
            String tests = House.filesBelow(plugin.folder().resolve("src/test/java"), ".java").stream()
                    .map(House::textOf)
                    .collect(Collectors.joining());
            List<String> wanted = new ArrayList<>(List.of("PluginPackagingContract"));
            for (ModuleDescriptor.Provides provides : plugin.descriptor().provides()) {
                String service = provides.service();
                wanted.addAll(contracts.get(service.substring(service.lastIndexOf('.') + 1)));
            }
            wanted.stream()
                    .filter(contract -> !tests.contains(" extends " + contract + " {"))
                    .forEach(contract -> violations.add(plugin + " has no test that extends " + contract));
        }
        assertNone(violations);
    }

    /** Reason: the first file opened in a folder says what it is, what it is not, and where to start. */
    @Test
    void everyModuleAndPluginHasAReadmeOfAtMostAScreen() {
        List<String> violations = new ArrayList<>();
        for (Part part : HOUSE.all()) {
            Path readme = part.folder().resolve("README.md");
            if (!Files.exists(readme)) {
                violations.add(part + " has no README.md");
            } else if (House.textOf(readme).lines().count() > 60) {
                violations.add(readme + " is longer than a screen");
            }
        }
        assertNone(violations);
    }

    /** Reason: null is an answer only where it is written; and a package without a sentence is a drawer. */
    @Test
    void everyPackageIsNullMarkedAndDocumented() {
        List<String> violations = new ArrayList<>();
        Pattern documented = Pattern.compile("/\\*\\*.*\\*/\\s*@NullMarked\\s+package ", Pattern.DOTALL);
        for (Part part : HOUSE.all()) {
            for (String name : part.descriptor().packages()) {
                Path file = part.folder().resolve("src/main/java/" + name.replace('.', '/') + "/package-info.java");
                if (!Files.exists(file)
                        || !documented.matcher(House.textOf(file)).find()) {
                    violations.add(file + " is missing, undocumented or not @NullMarked");
                }
            }
        }
        assertNone(violations);
    }

    /** Reason: what is left for later belongs to an issue; what a file is belongs into its name. */
    @Test
    void sourcesHaveNoLeftoversAndNoEmptyNames() {
        Predicate<String> leftover = Pattern.compile("\\b(TODO|FIXME|XXX)\\b").asPredicate();
        Predicate<String> emptyName =
                Pattern.compile("(Manager|Helper|Utils?|Impl|Common)\\.java$").asPredicate();
        List<String> violations = new ArrayList<>();
        for (Part part : HOUSE.all()) {
            for (Path source : part.sources()) {
                if (leftover.test(House.textOf(source)) || emptyName.test(source.toString())) {
                    violations.add(source.toString());
                }
            }
        }
        assertNone(violations);
    }

    /** Reason: a rule that sees nothing holds always. */
    @Test
    void theRulesSeeTheWholeHouse() {
        assertTrue(HOUSE.modules().size() >= 11, () -> "modules: " + HOUSE.modules());
        assertTrue(HOUSE.plugins().size() >= 9, () -> "plugins: " + HOUSE.plugins());
        assertEquals(House.PURE.size(), HOUSE.pureModules().size());
    }

    /** Without java.base, and without what is needed by the compiler alone. */
    private static Set<String> requiresOf(Part part) {
        Set<String> names = new TreeSet<>();
        for (Requires requires : part.descriptor().requires()) {
            if (!requires.modifiers().contains(Requires.Modifier.STATIC)
                    && !requires.name().equals("java.base")) {
                names.add(requires.name());
            }
        }
        return names;
    }

    private static boolean isJdk(String module) {
        return module.startsWith("java.") || module.startsWith("jdk.");
    }

    private static void assertNone(List<String> violations) {
        assertTrue(violations.isEmpty(), () -> String.join("\n", violations));
    }
}
