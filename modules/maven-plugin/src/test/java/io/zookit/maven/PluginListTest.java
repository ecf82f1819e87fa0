package io.zookit.maven;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.maven.PluginList.Entry;
import io.zookit.maven.PluginList.WrongListException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PluginListTest {
    @Test
    void linesWithCoordinatesKeepTheirNumbers() throws WrongListException {
        List<String> lines =
                List.of("# mine: at last", "transport-netty", "", "  com.example:storage-journal:1.0.0  # mine");
        assertEquals(List.of(new Entry(4, "com.example", "storage-journal", "1.0.0")), PluginList.read(lines));
    }

    @ParameterizedTest
    @ValueSource(strings = {"com.example:storage-journal", "a:b:c:d", "com.example::1.0.0", ":", "a:b:"})
    void whatHasNotThreePartsIsRefusedWithItsLine(String text) {
        WrongListException refused =
                assertThrows(WrongListException.class, () -> PluginList.read(List.of("auth-world", text)));
        assertTrue(refused.getMessage().startsWith("2: " + text + " is no plugin"), refused::getMessage);
    }
}
