package io.zookit.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The page of guarantees against the sources: every promise names tests, and every test it names is there. */
class GuaranteesTest {
    private static final Path ROOT = Path.of("../..").toAbsolutePath().normalize();
    private static final Pattern NAME = Pattern.compile("`(\\w+)#(\\w+)`");
    private static final String RETURNED = "\\b(?:void|Stream<DynamicTest>)";

    @Test
    void everyPromiseNamesTestsThatAreThere() throws IOException {
        TreeMap<String, List<Path>> sources = testSources();
        List<String> problems = new ArrayList<>();
        int promises = 0;
        for (String line : Files.readAllLines(ROOT.resolve("docs/guarantees.md"))) {
            if (!line.startsWith("| ") || line.startsWith("| ---") || line.endsWith("| tests |")) {
                continue;
            }
            promises++;
            Matcher names = NAME.matcher(line);
            if (!names.find()) {
                problems.add("no test: " + line);
                continue;
            }
            do {
                // Two plugins may have a test of the same name for the same promise: then both must have it.
                List<Path> files = sources.getOrDefault(names.group(1), List.of());
                if (files.isEmpty()) {
                    problems.add(names.group() + " is nowhere");
                }
                for (Path file : files) {
                    if (!isTest(file, names.group(2))) {
                        problems.add(names.group() + " is no test of " + file);
                    }
                }
            } while (names.find());
        }
        assertEquals(List.of(), problems);
        assertTrue(promises > 40, "so few promises were seen: " + promises);
    }

    private static boolean isTest(Path source, String method) throws IOException {
        // From the annotation to the very next method: nothing in between is what a test returns.
        Pattern test = Pattern.compile(
                "@(Test|TestFactory|ParameterizedTest|Property)\\b((?!" + RETURNED + ").)*" + RETURNED + " " + method
                        + "\\(",
                Pattern.DOTALL);
        return test.matcher(Files.readString(source)).find();
    }

    private static TreeMap<String, List<Path>> testSources() throws IOException {
        TreeMap<String, List<Path>> sources = new TreeMap<>();
        for (String folder : List.of("modules", "plugins", "assembly")) {
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder))) {
                // The tests of contracts are main code: others extend them.
                files.filter(file -> file.toString().contains("src/test/java/")
                                || file.toString().contains("tck/src/main/java/"))
                        .filter(file -> file.toString().endsWith(".java"))
                        .forEach(file -> sources.computeIfAbsent(
                                        file.getFileName().toString().replace(".java", ""), name -> new ArrayList<>())
                                .add(file));
            }
        }
        return sources;
    }
}
