package io.zookit.server;

import io.zookit.kernel.InstalledPlugin;
import java.io.PrintWriter;
import java.util.List;

/** Prints the installed plugins, one a line. */
final class PluginTable {
    private static final String LINE = "%-10s %-12s %-48s %-32s %s%n";

    private PluginTable() {}

    static void print(List<InstalledPlugin> plugins, PrintWriter out) {
        out.printf(LINE, "KIND", "ID", "MODULE", "FROM", "CHOSEN");
        for (InstalledPlugin plugin : plugins) {
            out.printf(
                    LINE,
                    plugin.kind().word(),
                    plugin.id(),
                    plugin.module(),
                    plugin.place(),
                    plugin.chosen() ? "chosen" : "-");
        }
        out.flush();
    }
}
