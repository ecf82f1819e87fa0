package io.zookit.server;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The machine and the Java the server runs on, as {@code envi} prints them. */
final class Environment {
    private static final List<String> PROPERTIES = List.of(
            "java.version",
            "java.vendor",
            "java.home",
            "java.class.path",
            "java.library.path",
            "java.io.tmpdir",
            "java.compiler",
            "os.name",
            "os.arch",
            "os.version",
            "user.name",
            "user.home",
            "user.dir");

    private static final long BYTES_PER_MEGABYTE = 1 << 20;

    private Environment() {}

    /**
     * @param systemProperties the properties of the process; only those that everybody may see are taken
     */
    static Map<String, String> of(Map<String, String> systemProperties) {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("host.name", hostName());
        for (String name : PROPERTIES) {
            environment.put(name, systemProperties.getOrDefault(name, "<NA>"));
        }
        Runtime runtime = Runtime.getRuntime();
        environment.put("os.memory.free", megabytes(runtime.freeMemory()));
        environment.put("os.memory.max", megabytes(runtime.maxMemory()));
        environment.put("os.memory.total", megabytes(runtime.totalMemory()));
        return environment;
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getCanonicalHostName();
        } catch (UnknownHostException unknown) {
            return "<NA>";
        }
    }

    private static String megabytes(long bytes) {
        return bytes / BYTES_PER_MEGABYTE + "MB";
    }
}
