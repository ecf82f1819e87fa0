package io.zookit.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.model.Id;
import io.zookit.spi.auth.IdentityGrantProvider;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.spi.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.opentest4j.AssertionFailedError;

/** The contract lets a good plugin pass and holds a bad one. */
class PluginPackagingContractTest {
    private static final String SERVICE = "META-INF/services/io.zookit.spi.auth.IdentityGrantProvider";

    @TempDir
    Path directory;

    private PluginPackagingContract contract(Path plugin) {
        return new PluginPackagingContract() {
            @Override
            protected Path pluginDirectory() {
                return plugin;
            }
        };
    }

    @Test
    void aGoodPluginPasses() throws Exception {
        contract(plugin("")).theDirectoryIsAPluginThatCanBeShipped(directory);
    }

    @Test
    void anExportIsRefused() throws Exception {
        Path plugin = plugin("exports grants;");
        AssertionFailedError refusal = assertThrows(
                AssertionFailedError.class, () -> contract(plugin).theDirectoryIsAPluginThatCanBeShipped(directory));
        assertTrue(
                refusal.getMessage()
                        .contains("plugin: module grants exports or opens a package. A plugin exports nothing."),
                refusal.getMessage());
    }

    @Test
    void aMissingDirectoryIsNamed() {
        Path missing = directory.resolve("missing");
        AssertionFailedError refusal = assertThrows(
                AssertionFailedError.class, () -> contract(missing).theDirectoryIsAPluginThatCanBeShipped(directory));
        assertTrue(refusal.getMessage().startsWith(missing + " does not exist."), refusal.getMessage());
    }

    private Path plugin(String directive) throws Exception {
        Path module = Files.writeString(
                directory.resolve("module-info.java"),
                "module grants { requires io.zookit.spi; " + directive
                        + " provides io.zookit.spi.auth.IdentityGrantProvider with grants.Provider; }");
        Path provider = Files.writeString(
                directory.resolve("Provider.java"),
                "package grants; public final class Provider implements io.zookit.spi.auth.IdentityGrantProvider {"
                        + " public String id() { return \"grants\"; }"
                        + " public io.zookit.spi.auth.IdentityGrant create(io.zookit.spi.PluginContext context) {"
                        + " return identities -> java.util.List.of(); } }");
        Path classes = directory.resolve("classes");
        String modules = place(IdentityGrantProvider.class) + File.pathSeparator + place(Id.class);
        run(
                "javac",
                "--release",
                "17",
                "-Xlint:none",
                "--module-path",
                modules,
                "-d",
                classes.toString(),
                module.toString(),
                provider.toString());
        Files.createDirectories(classes.resolve(SERVICE).getParent());
        Files.writeString(classes.resolve(SERVICE), "grants.Provider\n");
        Path plugin = Files.createDirectories(directory.resolve("plugin"));
        run("jar", "--create", "--file", plugin.resolve("grants.jar").toString(), "-C", classes.toString(), ".");
        return plugin;
    }

    private static void run(String tool, String... arguments) {
        StringWriter messages = new StringWriter();
        PrintWriter writer = new PrintWriter(messages);
        assertEquals(0, ToolProvider.findFirst(tool).orElseThrow().run(writer, writer, arguments), messages::toString);
    }

    private static Path place(Class<?> type) throws Exception {
        return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
