package io.zookit.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;

/** The walk of docs/embedding.md in an empty folder, with the files that the page shows; and the same servers on the module path. */
@TestInstance(Lifecycle.PER_CLASS)
class EmbeddingIT {
    private static final Page PAGE = Page.of("docs/embedding.md");
    private static final Path MODULAR = Path.of("src/test/embedding");

    @TempDir
    static Path directory = Path.of("");

    private Maven maven = new Maven(directory);

    @BeforeAll
    void ourModulesAreInALocalRepository() throws Exception {
        maven = Maven.withServer(directory.resolve("repository"));
    }

    @Test
    void aPomAndATestInAnEmptyFolderSucceedBesideApachesClient() throws Exception {
        Path project = Files.createDirectories(directory.resolve("inventory"));
        PAGE.write("pom.xml", project);
        PAGE.write("src/test/java/HelloTest.java", project);

        String said = maven.run(0, project, "test");

        assertTrue(said.contains("Tests run: 1, Failures: 0, Errors: 0, Skipped: 0"), said);
    }

    @Test
    void aModuleOfTestsHasAServerAndAnEnsembleOnTheModulePath() throws Exception {
        Path project = directory.resolve("modular");
        Distribution.copy(MODULAR, project);
        maven.run(0, project, "compile", "org.apache.maven.plugins:maven-dependency-plugin:3.9.0:copy-dependencies");
        String modules = project.resolve("target/classes") + File.pathSeparator + project.resolve("target/dependency");

        try (Running program = Running.start(
                project,
                Map.of(),
                List.of(java(), "-p", modules, "-m", "com.example.inventory/com.example.inventory.Inventory"))) {
            assertEquals(0, program.exitCode(), program.text());
            assertTrue(program.text().contains("2 tests on the module path succeeded"), program.text());
        }
        try (Stream<Path> jars = Files.list(project.resolve("target/dependency"))) {
            assertTrue(
                    jars.noneMatch(jar -> jar.getFileName().toString().startsWith("zookeeper")), "a client of Apache");
        }
    }

    private static String java() {
        return Path.of(System.getProperty("java.home"), "bin/java").toString();
    }
}
