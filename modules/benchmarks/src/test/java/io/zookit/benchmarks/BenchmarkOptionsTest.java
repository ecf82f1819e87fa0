package io.zookit.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.benchmarks.BenchmarkOptions.Mode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BenchmarkOptionsTest {
    private static final JavaProgram JAVA = new JavaProgram(Path.of("/jdk"));

    @Test
    void withoutWordsEverythingIsCompared() {
        BenchmarkOptions options = parse();
        assertEquals(Mode.COMPARE, options.mode());
        assertEquals(8, options.scenarios().size());
        assertEquals(List.of("zookit", "apache"), names(options));
        assertEquals(Duration.ofSeconds(4), options.measured());
    }

    @Test
    void bothServersGetTheSameOptionsOfTheSameJava() {
        BenchmarkOptions options = parse("--java", "-Xmx3g  -XX:+UseSerialGC");
        ServerCommand zookit = options.servers().get(0);
        ServerCommand apache = options.servers().get(1);
        assertEquals("-Xmx3g -XX:+UseSerialGC", zookit.environment().get("SERVER_JVMFLAGS"));
        assertEquals("/jdk", zookit.environment().get("JAVA_HOME"));
        assertEquals(
                List.of("/jdk/bin/java", "-Xmx3g", "-XX:+UseSerialGC", "-cp", "a.jar"),
                apache.words().subList(0, 5));
    }

    @Test
    void aProfileIsOfZookitAloneUnlessOthersAreNamed() {
        assertEquals(List.of("zookit"), names(parse("--profile")));
        assertEquals(List.of("apache"), names(parse("--profile", "--servers", "apache")));
        assertEquals(List.of("zookit"), names(parse("--ensemble-profile")));
    }

    @Test
    void aFurtherServerTakesPartWhenItIsListed() {
        BenchmarkOptions options = parse("--server", "other=run {config} now", "--servers", "other,apache");
        assertEquals(List.of("run", "{config}", "now"), options.servers().get(0).words());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "--rounds",
                "--rounds 0",
                "--rounds many",
                "--seconds -1",
                "--servers nobody",
                "--server nameless",
                "--only delete-100",
                "--only get",
                "--only get-100,",
                "--unheard-of"
            })
    void wordsNotUnderstoodAreRefused(String words) {
        assertThrows(IllegalArgumentException.class, () -> parse(words.split(" ")));
    }

    @Test
    void withoutTheDistributionOnlyTheScriptCanHelp() {
        IllegalArgumentException refusal = assertThrows(
                IllegalArgumentException.class, () -> BenchmarkOptions.parse(List.of("--servers", "zookit"), JAVA));
        assertTrue(refusal.getMessage().contains("compare.sh"));
    }

    private static List<String> names(BenchmarkOptions options) {
        return options.servers().stream().map(ServerCommand::name).toList();
    }

    private static BenchmarkOptions parse(String... words) {
        List<String> all = new ArrayList<>(List.of("--zookit-home", "/zookit", "--apache-class-path", "a.jar"));
        all.addAll(List.of(words));
        return BenchmarkOptions.parse(all, JAVA);
    }
}
