package io.zookit.benchmarks;

import java.io.IOException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a server keeps in its heap, garbage left out. */
final class LiveHeap {
    private static final Pattern USED = Pattern.compile("heap\\s+total.*?used (\\d+)K");

    private LiveHeap() {}

    /** Bytes in use after two full collections. */
    static long bytes(ServerProcess server, JavaProgram java) throws IOException, InterruptedException {
        // The first may leave what only its end has set free.
        java.jcmd(server.id(), "GC.run");
        java.jcmd(server.id(), "GC.run");
        String answer = java.jcmd(server.id(), "GC.heap_info");
        Matcher matcher = USED.matcher(answer);
        if (!matcher.find()) {
            throw new IOException("no used heap in the answer; run with -XX:+UseG1GC. It was: " + answer);
        }
        return Long.parseLong(matcher.group(1)) * 1024;
    }
}
