package io.zookit.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Maven as somebody has it who has run {@code mvn install} in our source tree once: with our modules in a local repository of its own,
 * which takes everything else from the repository of the build that runs the tests.
 *
 * @param repository the local repository
 */
record Maven(Path repository) {
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    private static final Path SOURCE = Path.of(System.getProperty("zookit.source"));
    private static final String VERSION = System.getProperty("zookit.version");

    private static final List<String> SERVER_MODULES = List.of(
            "model",
            "wire",
            "tree",
            "watch",
            "session",
            "zab",
            "spi",
            "disk",
            "config",
            "kernel",
            "pipeline",
            "server",
            "junit");
    private static final List<String> SERVER_PLUGINS = List.of(
            "transport-netty",
            "transport-selector",
            "consensus-single",
            "consensus-zab",
            "session-buckets",
            "storage-memory",
            "storage-mapdb",
            "auth-world",
            "auth-ip",
            "auth-digest",
            "auth-super",
            "auth-x509");

    /** Where the source tree is, for what a user copies from it. */
    static Path source() {
        return SOURCE;
    }

    /** With what a plugin's author and an assembler need of ours. */
    static Maven withOurs(Path repository) throws IOException {
        Maven maven = new Maven(repository);
        maven.install(SOURCE, "io.zookit", "zookit", VERSION);
        for (String module : List.of("model", "spi", "disk", "config", "kernel", "tck", "maven-plugin")) {
            maven.install(SOURCE.resolve("modules").resolve(module), "io.zookit", "zookit-" + module, VERSION, "jar");
        }
        Path archive = SOURCE.resolve("assembly/target/zookit-" + VERSION + ".tar.gz");
        Path place = maven.install(SOURCE.resolve("assembly"), "io.zookit", "zookit-assembly", VERSION);
        Files.copy(archive, place.resolve("zookit-assembly-" + VERSION + ".tar.gz"));
        Files.writeString(maven.settings(), settingsText());
        return maven;
    }

    /** With what somebody needs of ours who embeds a server, in tests or in a program. */
    static Maven withServer(Path repository) throws IOException {
        Maven maven = new Maven(repository);
        maven.install(SOURCE, "io.zookit", "zookit", VERSION);
        maven.install(SOURCE.resolve("plugins"), "io.zookit", "zookit-plugins", VERSION);
        for (String module : SERVER_MODULES) {
            maven.install(SOURCE.resolve("modules").resolve(module), "io.zookit", "zookit-" + module, VERSION, "jar");
        }
        for (String plugin : SERVER_PLUGINS) {
            maven.install(SOURCE.resolve("plugins").resolve(plugin), "io.zookit", "zookit-" + plugin, VERSION, "jar");
        }
        Files.writeString(maven.settings(), settingsText());
        return maven;
    }

    /** What {@code mvn install} does at the end, for a folder that is built; returns the place of the artifact. */
    Path install(Path folder, String group, String artifact, String version, String... types) throws IOException {
        Path place = repository.resolve(group.replace('.', '/') + "/" + artifact + "/" + version);
        Files.createDirectories(place);
        Files.copy(folder.resolve("pom.xml"), place.resolve(artifact + "-" + version + ".pom"));
        for (String type : types) {
            String name = artifact + "-" + version + "." + type;
            Files.copy(folder.resolve("target").resolve(name), place.resolve(name));
        }
        return place;
    }

    /** Runs a build to its end and returns what it printed. */
    String run(int exitCode, Path directory, String... arguments) throws InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("zookit.maven"), "bin/mvn").toString(),
                "--batch-mode",
                "--no-transfer-progress",
                "--global-settings=" + settings(),
                "-Dmaven.repo.local=" + repository));
        if (System.getProperty("zookit.mode").equals("offline=true")) {
            command.addAll(List.of("--offline", "-Daether.offline.protocols=file"));
        }
        command.addAll(List.of(arguments));
        try (Running build = Running.start(directory, Map.of(), command)) {
            assertEquals(exitCode, build.exitCode(PATIENCE), build.text());
            return build.text();
        }
    }

    private Path settings() {
        return repository.resolveSibling("settings.xml");
    }

    private static String settingsText() {
        String place = "<id>outer</id><url>"
                + Path.of(System.getProperty("zookit.localRepository")).toUri() + "</url>";
        return "<settings><profiles><profile><id>outer</id>"
                + "<repositories><repository>" + place + "</repository></repositories>"
                + "<pluginRepositories><pluginRepository>" + place + "</pluginRepository></pluginRepositories>"
                + "</profile></profiles><activeProfiles><activeProfile>outer</activeProfile></activeProfiles></settings>";
    }
}
