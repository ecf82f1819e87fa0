package io.zookit.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Where a server lives, from one process to the next: a free loopback port, and a fresh directory with its configuration and data
 * that goes in the end.
 *
 * @param directory holds all the rest
 * @param address where clients connect
 */
record ServerSite(Path directory, InetSocketAddress address) implements AutoCloseable {
    private static final Pattern SNAPSHOT = Pattern.compile("snapshot\\.[0-9a-f]+");

    /** A new site below {@code parent}, which also decides the disk. */
    static ServerSite below(Path parent) throws IOException {
        Path directory =
                Files.createTempDirectory(Files.createDirectories(parent).toAbsolutePath(), "server-");
        ServerSite site =
                new ServerSite(directory, new InetSocketAddress(InetAddress.getLoopbackAddress(), freePort()));
        site.configure(Map.of());
        return site;
    }

    Path config() {
        return directory.resolve("zoo.cfg");
    }

    Path output() {
        return directory.resolve("output.txt");
    }

    /** Writes the configuration: the same for every server, everything that matters to speed as it is by default. */
    void configure(Map<String, String> more) throws IOException {
        List<String> lines = new ArrayList<>(List.of(
                "tickTime=2000",
                "dataDir=" + directory.resolve("data"),
                "clientPort=" + address.getPort(),
                "clientPortAddress=127.0.0.1",
                "maxClientCnxns=0",
                "forceSync=yes",
                "admin.enableServer=false"));
        more.forEach((key, value) -> lines.add(key + "=" + value));
        Files.write(config(), lines);
    }

    /** Makes the servers of these sites one ensemble, the first of them server 1. */
    static void join(List<ServerSite> sites) throws IOException {
        Map<String, String> members = new LinkedHashMap<>();
        members.put("initLimit", "10");
        members.put("syncLimit", "5");
        for (int place = 0; place < sites.size(); place++) {
            members.put("server." + (place + 1), "127.0.0.1:" + freePort() + ":" + freePort());
        }
        for (int place = 0; place < sites.size(); place++) {
            ServerSite site = sites.get(place);
            site.configure(members);
            Path data = Files.createDirectories(site.directory().resolve("data"));
            Files.writeString(data.resolve("myid"), Integer.toString(place + 1));
        }
    }

    /** The names of the snapshots there are. */
    Set<String> snapshots() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.map(file -> String.valueOf(file.getFileName()))
                    .filter(SNAPSHOT.asMatchPredicate())
                    .collect(Collectors.toSet());
        }
    }

    @Override
    public void close() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }
}
