package io.zookit.spi;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assertions.fail;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * The contracts of each minor version are written down in {@code contracts/}. Those of the version being made must be as they are
 * compiled, and must serve every plugin made for an earlier minor version of the same major one.
 */
class ContractsStayCompatibleTest {
    private static final Path FOLDER = Path.of("contracts");
    private static final Pattern VERSION = Pattern.compile("(\\d+)\\.(\\d+)\\.(\\d+).*");
    private static final String COMMAND = "mvn test -pl modules/spi -am -Dzookit.rewrite=true";

    private final Contracts compiled;
    private final int major;
    private final int minor;
    private final boolean released;

    ContractsStayCompatibleTest() throws Exception {
        compiled = Contracts.compiled();
        Matcher version = VERSION.matcher(ContractText.versionOf(PluginProvider.class));
        assertTrue(version.matches(), () -> "a version of three numbers is expected: " + version);
        major = Integer.parseInt(version.group(1));
        minor = Integer.parseInt(version.group(2));
        // 1.2.3 corrects what 1.2.0 brought: its contracts are with people.
        released = !version.group(3).equals("0");
    }

    @Test
    void noPluginMadeForAnEarlierMinorVersionIsLeftBehind() throws Exception {
        List<String> breaks = new ArrayList<>();
        for (int earlier = 0; earlier < minor; earlier++) {
            Path file = file(earlier);
            breaks.addAll(compiled.breaks(Contracts.parse(Files.readString(file))).stream()
                    .map(line -> file + ": " + line)
                    .toList());
        }
        assertEquals(
                "",
                String.join("\n", breaks),
                () -> "Plugins for " + major + "." + minor
                        + " and before would not work any more. Offer the new beside the old (a default method, a new type), or make"
                        + " this version " + (major + 1) + ".0.0.");
    }

    @Test
    void theContractsAreThoseWrittenDown() throws Exception {
        Path file = file(minor);
        String text = "# All that a plugin sees of the server, version " + major + "." + minor
                + ". Made from the classes; to make it anew:\n# " + COMMAND + "\n" + compiled.text();
        String written = Files.exists(file) ? Files.readString(file) : "";
        if (Boolean.getBoolean("zookit.rewrite") && !(released && !written.isEmpty())) {
            Files.writeString(file, text);
        } else if (!text.equals(written)) {
            fail(difference(file, Contracts.parse(written)));
        }
    }

    @Test
    void allPackagesOfTheContractsAreSeen() {
        assertTrue(compiled.size() > 50, compiled.text());
        for (PluginKind kind : PluginKind.values()) {
            assertTrue(compiled.text().contains("interface io.zookit.spi." + kind.word() + "."), kind.word());
        }
        assertEquals(compiled.text(), Contracts.parse(compiled.text()).text());
    }

    private static Path file(int major, int minor) {
        return FOLDER.resolve(major + "." + minor + ".txt");
    }

    private Path file(int earlier) {
        return file(major, earlier);
    }

    private String difference(Path file, Contracts written) {
        List<String> lines = new ArrayList<>(List.of("The contracts are not those of modules/spi/" + file + "."));
        compiled.breaks(written).forEach(line -> lines.add("incompatible: " + line));
        compiled.additions(written).forEach(line -> lines.add("added: " + line));
        lines.add(
                released
                        ? file + " is released. With additions alone this version has to become " + major + "."
                                + (minor + 1) + ".0; with anything incompatible " + (major + 1) + ".0.0."
                        : "If this is meant, say it in CHANGELOG.md, write it down by \"" + COMMAND
                                + "\", and commit the file. Additions of a released type have to be default methods.");
        return String.join("\n", lines);
    }
}
