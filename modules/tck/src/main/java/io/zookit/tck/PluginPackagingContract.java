package io.zookit.tck;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.kernel.PackagingCheck;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What every built plugin directory has to be: the plugin's jar and all it brings along, loadable in a module layer of its own.
 * Checked are
 *
 * <ul>
 *   <li>that all modules are there, once, without clash of packages, and none that the server has;
 *   <li>that the plugin's module exports and opens nothing, and says for which version of the contracts it was compiled;
 *   <li>that what it provides is what its files under {@code META-INF/services} list;
 *   <li>that ids are well formed and every setting has a name that can be written and a description;
 *   <li>that the plugin can be made with its default settings, and closed without having been started.
 * </ul>
 *
 * The directory exists once the plugin is packaged; so this runs among the integration tests, after the package phase.
 */
public abstract class PluginPackagingContract {
    /** For subclasses. */
    protected PluginPackagingContract() {}

    /** The directory as it would stand under {@code plugins/}, such as {@code target/plugin}. */
    protected abstract Path pluginDirectory();

    @Test
    void theDirectoryIsAPluginThatCanBeShipped(@TempDir Path workDirectory) {
        Path directory = pluginDirectory().toAbsolutePath();
        assertTrue(
                Files.isDirectory(directory),
                () -> directory + " does not exist. It is made by the package phase; run this contract after it.");
        assertEquals("", String.join(System.lineSeparator(), PackagingCheck.check(directory, workDirectory)));
    }
}
