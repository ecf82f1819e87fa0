package io.zookit.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The JDK this program runs on: every server runs on the same, and its tools look into them.
 *
 * @param home its directory
 */
record JavaProgram(Path home) {
    static JavaProgram running() {
        Path java = ProcessHandle.current()
                .info()
                .command()
                .map(Path::of)
                .orElseThrow(() -> new IllegalStateException("the system does not tell which java this is"));
        Path bin = java.toAbsolutePath().getParent();
        if (bin == null || bin.getParent() == null) {
            throw new IllegalStateException(java + " is not in the bin directory of a JDK");
        }
        return new JavaProgram(bin.getParent());
    }

    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    /**
     * Sends a diagnostic command to another Java process and returns what it answers.
     *
     * @throws IOException when jcmd fails, which it does when this is a runtime without it
     */
    String jcmd(long process, String... words) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(program("jcmd").toString(), Long.toString(process)));
        command.addAll(List.of(words));
        Process jcmd = new ProcessBuilder(command).redirectErrorStream(true).start();
        String answer = new String(jcmd.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (jcmd.waitFor() != 0) {
            throw new IOException(String.join(" ", command) + " failed: " + answer);
        }
        return answer;
    }
}
