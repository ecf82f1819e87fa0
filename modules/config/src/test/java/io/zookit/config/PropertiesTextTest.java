package io.zookit.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PropertiesTextTest {
    private final List<Problem> problems = new ArrayList<>();

    private List<ConfigEntry> read(String text) {
        return PropertiesText.read("zoo.cfg", text, problems);
    }

    private static ConfigEntry entry(String key, String value, int line) {
        return new ConfigEntry(key, value, new Origin.FileLine("zoo.cfg", line));
    }

    @Test
    void remembersTheLineOnWhichEachKeyBegins() {
        String text = "# a comment\ntickTime=2000\n\n! another\n  dataDir = /data \r\nclientPort: 2181\rsyncLimit 5\n";
        assertEquals(
                List.of(
                        entry("tickTime", "2000", 2),
                        entry("dataDir", "/data", 5),
                        entry("clientPort", "2181", 6),
                        entry("syncLimit", "5", 7)),
                read(text));
    }

    @Test
    void continuesLinesAndKeepsTheFirstLinesNumber() {
        assertEquals(
                List.of(entry("4lw.commands.whitelist", "srvr,#ruok,mntr", 1), entry("next", "", 4)),
                read("4lw.commands.whitelist=srvr,\\\n    #ruok,\\\n  mntr\nnext\n"));
    }

    @Test
    void understandsEscapes() {
        assertEquals(List.of(entry("a=b", "\u00e9\tC:\\data", 1)), read("a\\=b=\\u00E9\\tC\\:\\\\data"));
    }

    @Test
    void aBackslashAtTheVeryEndContinuesNothing() {
        assertEquals(List.of(entry("a", "b", 1)), read("a=b\\"));
    }

    @Test
    void reportsAMalformedUnicodeEscapeAndGoesOn() {
        assertEquals(List.of(entry("b", "1", 2)), read("a=C:\\users\nb=1"));
        assertEquals(
                List.of(Problem.error(
                        "zoo.cfg:1: \\u is not followed by four hexadecimal digits. Write a backslash as \\\\.")),
                problems);
    }

    @Test
    void readsWhatTheJdkReadsOnRandomTexts() throws Exception {
        // The same texts each time: new ones are for whoever changes the reader.
        long seed = 20_261_121;
        Random random = new Random(seed);
        String alphabet = "ab=: \t\f\\\n\r#!u0041.,";
        for (int round = 0; round < 20_000; round++) {
            StringBuilder text = new StringBuilder();
            int length = random.nextInt(40);
            for (int i = 0; i < length; i++) {
                text.append(alphabet.charAt(random.nextInt(alphabet.length())));
            }
            problems.clear();
            Map<String, String> ours = new TreeMap<>();
            for (ConfigEntry entry : read(text.toString())) {
                ours.put(entry.key(), entry.value());
            }
            Properties properties = new Properties();
            try {
                properties.load(new StringReader(text.toString()));
            } catch (IllegalArgumentException malformed) {
                assertTrue(!problems.isEmpty(), "seed " + seed + ", text " + shown(text));
                continue;
            }
            Map<String, String> theirs = trimmed(properties, ours);
            // A text that ends in a line of nothing but a backslash ends in an entry without key and value there, which
            // hides
            // an earlier one without key; here it ends in an empty line.
            if ("".equals(theirs.get(""))) {
                theirs.remove("");
                ours.remove("");
            }
            assertEquals(theirs, ours, "seed " + seed + ", text " + shown(text));
            assertEquals(List.of(), problems, "seed " + seed + ", text " + shown(text));
        }
    }

    private static String shown(CharSequence text) {
        return text.toString()
                .replace("\r", "<r>")
                .replace("\n", "<n>")
                .replace("\t", "<t>")
                .replace("\f", "<f>");
    }

    /** Trimming can make two keys one; which of them wins is then up to us. */
    private static Map<String, String> trimmed(Properties properties, Map<String, String> ours) {
        Map<String, String> trimmed = new TreeMap<>();
        for (String name : properties.stringPropertyNames()) {
            String value = properties.getProperty(name).trim();
            String earlier = trimmed.put(name.trim(), value);
            if (earlier != null && earlier.equals(ours.get(name.trim()))) {
                trimmed.put(name.trim(), earlier);
            }
        }
        return trimmed;
    }
}
