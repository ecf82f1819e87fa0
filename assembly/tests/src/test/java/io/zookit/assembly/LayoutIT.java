package io.zookit.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;

/** What lies where in a distribution. */
class LayoutIT {
    private final Distribution distribution = Distribution.built();

    @Test
    void libHoldsTheServerAndWhatItNeedsAndNothingElse() {
        assertEquals(
                new TreeSet<>(Set.of(
                        "ch.qos.logback.classic",
                        "ch.qos.logback.core",
                        "com.lmax.disruptor",
                        "info.picocli",
                        "io.zookit.cli",
                        "io.zookit.config",
                        "io.zookit.kernel",
                        "io.zookit.model",
                        "io.zookit.pipeline",
                        "io.zookit.server",
                        "io.zookit.session",
                        "io.zookit.spi",
                        "io.zookit.tree",
                        "io.zookit.watch",
                        "io.zookit.wire",
                        "org.slf4j")),
                new TreeSet<>(modulesIn(distribution.lib()).keySet()));
    }

    @Test
    void everyModuleOfLibHasADescriptorOfItsOwn() {
        modulesIn(distribution.lib())
                .values()
                .forEach(descriptor -> assertFalse(descriptor.isAutomatic(), descriptor::toNameAndVersion));
    }

    @Test
    void thePluginsAreThoseOfTheList() throws Exception {
        List<String> listed = Files.readAllLines(Path.of("../plugins/standard.list")).stream()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .sorted()
                .toList();
        assertEquals(
                listed,
                Distribution.list(distribution.plugins()).stream()
                        .map(plugin -> plugin.getFileName().toString())
                        .toList());
    }

    @Test
    void nothingOfLibIsInAPluginToo() {
        Set<String> server = modulesIn(distribution.lib()).keySet();
        for (Path plugin : Distribution.list(distribution.plugins())) {
            Set<String> twice = new HashSet<>(modulesIn(plugin).keySet());
            twice.retainAll(server);
            assertEquals(Set.of(), twice, plugin::toString);
        }
    }

    @Test
    void everyPluginDirectoryIsWhole() {
        Set<String> roots = new HashSet<>(modulesIn(distribution.lib()).keySet());
        ModuleFinder.ofSystem()
                .findAll()
                .forEach(module -> roots.add(module.descriptor().name()));
        Configuration server =
                Configuration.empty().resolve(ModuleFinder.ofSystem(), ModuleFinder.of(distribution.lib()), roots);
        for (Path plugin : Distribution.list(distribution.plugins())) {
            ModuleFinder finder = ModuleFinder.of(plugin);
            // Resolution fails, naming both sides, when a module of the directory requires one that is nowhere.
            server.resolve(ModuleFinder.of(), finder, modulesIn(plugin).keySet());
            assertTrue(
                    modulesIn(plugin).values().stream()
                            .anyMatch(descriptor -> !descriptor.provides().isEmpty()),
                    () -> plugin + " provides nothing");
        }
    }

    @Test
    void scriptsCanBeRunAndTextsAreThere() {
        for (Path script : Distribution.list(distribution.directory().resolve("bin"))) {
            assertTrue(Files.isExecutable(script), script::toString);
        }
        for (String file : List.of("LICENSE", "README.md", "conf/zoo.cfg", "conf/logback.xml", "docs")) {
            assertTrue(Files.exists(distribution.directory().resolve(file)), file);
        }
    }

    @Test
    void bothArchivesHoldTheSameFilesBelowOneDirectory() throws Exception {
        String name = "zookit-" + System.getProperty("zookit.version");
        Path target = distribution.directory().getParent();
        Set<String> inZip;
        try (ZipFile zip = new ZipFile(target.resolve(name + ".zip").toFile())) {
            inZip = zip.stream().map(ZipEntry::getName).collect(Collectors.toCollection(TreeSet::new));
        }
        try (Running tar = Running.start(
                target,
                Map.of(),
                List.of("tar", "-tvzf", target.resolve(name + ".tar.gz").toString()))) {
            assertEquals(0, tar.exitCode(), tar.text());
            Set<String> inTar = tar.text()
                    .lines()
                    .map(line -> line.substring(line.indexOf(name)))
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(inZip, inTar);
            String script = tar.text()
                    .lines()
                    .filter(line -> line.endsWith("bin/zkServer.sh"))
                    .findFirst()
                    .orElseThrow();
            assertTrue(script.startsWith("-rwxr-xr-x"), script);
        }
        assertTrue(inZip.stream().allMatch(entry -> entry.startsWith(name + "/")), inZip::toString);
    }

    private static Map<String, ModuleDescriptor> modulesIn(Path directory) {
        return ModuleFinder.of(directory).findAll().stream()
                .map(ModuleReference::descriptor)
                .collect(Collectors.toMap(ModuleDescriptor::name, descriptor -> descriptor));
    }
}
