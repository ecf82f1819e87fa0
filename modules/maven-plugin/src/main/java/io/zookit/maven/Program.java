package io.zookit.maven;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/**
 * What became of a program that ran to its end.
 *
 * @param output what it printed, without the last line's end
 */
record Program(int exitCode, String output) {
    /**
     * Runs a program with the Java that runs this build.
     *
     * @param directory where it runs
     */
    static Program run(Path directory, List<String> command) throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        Process process = builder.start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Program(process.waitFor(), output.stripTrailing());
    }
}
