package io.zookit.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The page of all keys is what the built distribution says of itself. */
class ConfigurationPageIT {
    @TempDir
    Path directory = Path.of("");

    @Test
    void thePageOfAllKeysIsWhatTheToolPrints() throws Exception {
        Path page = Path.of("../../docs/configuration.md");
        String script =
                Distribution.built().directory().resolve("bin/zkTool.sh").toString();
        try (Running tool = Running.start(directory, Map.of(), List.of(script, "keys"))) {
            assertEquals(0, tool.exitCode(), tool.text());
            assertEquals(
                    tool.text().strip(),
                    Files.readString(page).strip(),
                    "docs/configuration.md is stale; after mvn -q -DskipTests package make it anew:"
                            + " assembly/target/zookit/bin/zkTool.sh keys > docs/configuration.md");
        }
    }
}
