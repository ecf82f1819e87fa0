package io.zookit.zab;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Every transcript below {@code src/test/transcripts} has the effects it shows. After a change of behaviour that is meant, run once
 * with {@code ZOOKIT_REWRITE_TRANSCRIPTS=1} in the environment and read what has changed.
 */
class TranscriptTest {
    private static final Path FOLDER = Path.of("src/test/transcripts");
    private static final boolean REWRITE = System.getenv("ZOOKIT_REWRITE_TRANSCRIPTS") != null;

    @TestFactory
    Stream<DynamicTest> everyTranscriptHasTheEffectsItShows() throws IOException {
        return files().stream()
                .map(file -> DynamicTest.dynamicTest(file.getFileName().toString(), () -> play(file)));
    }

    @Test
    void thereAreTranscripts() throws IOException {
        assertTrue(files().size() >= 20, () -> "only " + FOLDER + " was seen");
    }

    private static void play(Path file) throws IOException {
        String text = Files.readString(file);
        String played = new Transcript().play(text);
        if (REWRITE) {
            Files.writeString(file, played);
        } else {
            assertEquals(text, played);
        }
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.filter(file -> file.toString().endsWith(".txt"))
                    .sorted()
                    .toList();
        }
    }
}
