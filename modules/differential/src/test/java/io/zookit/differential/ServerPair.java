package io.zookit.differential;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Stream;

/** Two fresh standalone servers with the same configuration: ours in this process, Apache ZooKeeper in one of its own. */
final class ServerPair implements AutoCloseable {
    /** What no session can be shorter than. */
    static final int SESSION_TIMEOUT_MILLIS_MIN = 100_000;

    /** What the superuser says to authenticate. */
    static final String SUPER_CREDENTIALS = "super:test";

    /** The identity that follows from {@link #SUPER_CREDENTIALS}. */
    private static final String SUPER_DIGEST = "super:D/InIHSb7yEEbrWz8b9l71RjZJU=";

    private final Path directory;
    private final OwnServer own;
    private final ApacheServer apache;

    private ServerPair(Path directory, OwnServer own, ApacheServer apache) {
        this.directory = directory;
        this.own = own;
        this.apache = apache;
    }

    /**
     * @param extendedTypes whether znodes may have a time to live
     */
    static ServerPair start(boolean extendedTypes) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory("zookit-differential-");
        Map<String, String> settings = settings(extendedTypes);
        ApacheServer apache = ApacheServer.start(directory, settings);
        try {
            return new ServerPair(directory, OwnServer.start(directory, settings), apache);
        } catch (RuntimeException | Error failure) {
            apache.close();
            throw failure;
        }
    }

    /** Nothing may happen by itself: no session expires, and no container is removed. */
    private static Map<String, String> settings(boolean extendedTypes) {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("clientPortAddress", "127.0.0.1");
        settings.put("tickTime", "2000");
        settings.put("minSessionTimeout", Integer.toString(SESSION_TIMEOUT_MILLIS_MIN));
        settings.put("maxSessionTimeout", "200000");
        settings.put("maxClientCnxns", "0");
        settings.put("extendedTypesEnabled", Boolean.toString(extendedTypes));
        settings.put("DigestAuthenticationProvider.superDigest", SUPER_DIGEST);
        return settings;
    }

    InetSocketAddress ours() {
        return own.address();
    }

    InetSocketAddress theirs() {
        return apache.address();
    }

    @Override
    public void close() throws IOException {
        own.close();
        apache.close();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        }
    }
}
