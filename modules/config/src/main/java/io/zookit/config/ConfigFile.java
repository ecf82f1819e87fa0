package io.zookit.config;

import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads a configuration file and, where it names one, the dynamic file with the members of the ensemble. */
final class ConfigFile {
    /** ISO 8859-1 with {@code \\u} escapes is the encoding of properties files, and so of every zoo.cfg there is. */
    private static final Charset ENCODING = StandardCharsets.ISO_8859_1;

    private ConfigFile() {}

    /**
     * All entries of a file, in order, those of its dynamic file at the end.
     *
     * @return empty when the file cannot be read; the reason is among the problems
     */
    static Optional<List<ConfigEntry>> read(Path file, List<Problem> problems) {
        Optional<String> text = text(file, file.toString(), problems);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        List<ConfigEntry> entries = new ArrayList<>(PropertiesText.read(nameOf(file), text.get(), problems));
        Optional<ConfigEntry> dynamic = entries.stream()
                .filter(entry -> entry.key().equals("dynamicConfigFile"))
                .reduce((first, last) -> last);
        dynamic.ifPresent(entry -> addDynamic(entry, entries, problems));
        return Optional.of(entries);
    }

    private static void addDynamic(ConfigEntry dynamic, List<ConfigEntry> entries, List<Problem> problems) {
        for (ConfigEntry entry : entries) {
            if (Ensemble.isMembership(entry.key())) {
                problems.add(Problem.error(
                        entry,
                        "must stand in the dynamic file, because " + dynamic.shown() + ". Move the line there."));
            }
        }
        Path file = Path.of(dynamic.value());
        Optional<String> text = text(file, dynamic.shown(), problems);
        if (text.isEmpty()) {
            return;
        }
        for (ConfigEntry entry : PropertiesText.read(nameOf(file), text.get(), problems)) {
            if (Ensemble.isMembership(entry.key())) {
                entries.add(entry);
            } else if (entry.key().equals("version")) {
                problems.add(Problem.error(entry, "the version is the ending of the file's name. Remove the line."));
            } else {
                problems.add(Problem.error(
                        entry,
                        "a dynamic file holds only server, group and weight lines. Move the line to the static file."));
            }
        }
    }

    private static Optional<String> text(Path file, String shown, List<Problem> problems) {
        try {
            return Optional.of(Files.readString(file, ENCODING));
        } catch (NoSuchFileException missing) {
            problems.add(Problem.error(shown + ": there is no such file. Check the path."));
        } catch (IOException unreadable) {
            String reason = Files.isDirectory(file) ? "it is a directory" : unreadable.toString();
            problems.add(Problem.error(shown + ": cannot be read, because " + reason + "."));
        }
        return Optional.empty();
    }

    private static String nameOf(Path file) {
        Path name = file.getFileName();
        return name == null ? file.toString() : name.toString();
    }
}
