package io.zookit.differential;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class DeviationTableTest {
    private static final Pattern ROW = Pattern.compile("^\\| `([a-z-]+)` \\|", Pattern.MULTILINE);

    @Test
    void theTableForUsersNamesExactlyTheDeviationsThatAreAllowed() throws IOException {
        Path root = Path.of("").toAbsolutePath();
        while (!Files.isDirectory(root.resolve("docs"))) {
            root = root.getParent();
        }
        String table = Files.readString(root.resolve("docs/compatibility.md"));
        List<String> rows =
                ROW.matcher(table).results().map(row -> row.group(1)).sorted().toList();
        List<String> allowed =
                Arrays.stream(Deviation.values()).map(Deviation::id).sorted().toList();
        assertEquals(allowed, rows);
    }
}
