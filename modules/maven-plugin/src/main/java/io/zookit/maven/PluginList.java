package io.zookit.maven;

import java.util.ArrayList;
import java.util.List;

/**
 * The lines of a list of plugins that name a plugin by its place in a repository, {@code group:artifact:version}. All other lines,
 * and what is wrong with the list as a whole, are left to {@code zkAssemble.sh}, which reads the same file.
 */
final class PluginList {
    private PluginList() {}

    /**
     * A plugin of somebody's own.
     *
     * @param line its line in the list, from 1
     */
    record Entry(int line, String group, String artifact, String version) {
        @Override
        public String toString() {
            return group + ":" + artifact + ":" + version;
        }
    }

    /**
     * Reads a list.
     *
     * @param lines the file, comments and all
     * @throws WrongListException when a line with a colon has not the three parts
     */
    static List<Entry> read(List<String> lines) throws WrongListException {
        List<Entry> entries = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            String text = lines.get(i).replaceFirst("#.*", "").strip();
            if (text.indexOf(':') >= 0) {
                String[] parts = text.split(":", -1);
                if (parts.length != 3 || List.of(parts).contains("")) {
                    throw new WrongListException(
                            i + 1, text + " is no plugin: write group:artifact:version, or the id of one of ours");
                }
                entries.add(new Entry(i + 1, parts[0], parts[1], parts[2]));
            }
        }
        return entries;
    }

    /** A list that names no distribution; the message begins with the line. */
    static final class WrongListException extends Exception {
        private static final long serialVersionUID = 1;

        WrongListException(int line, String reason) {
            super(line + ": " + reason);
        }
    }
}
