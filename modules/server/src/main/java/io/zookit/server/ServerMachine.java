package io.zookit.server;

import com.sun.management.UnixOperatingSystemMXBean;
import io.zookit.config.Config;
import io.zookit.config.Ensemble;
import io.zookit.config.Mode;
import io.zookit.pipeline.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.OperatingSystemMXBean;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntSupplier;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The machine and the Java the server runs on, its configuration and its files, as the four-letter words tell of them. */
final class ServerMachine implements Machine {
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

    private static final String UNKNOWN_VALUE = "<NA>";
    private static final long BYTES_PER_MEGABYTE = 1 << 20;
    private static final int NO_PORT = -1;
    private static final int NO_SERVER_ID = 0;
    /** The one election there is; the other three have been gone for long. */
    private static final int ELECTION = 3;

    private final Config config;
    private final ServerIdentity identity;
    private final Map<String, String> systemProperties;
    private final IntSupplier clientPort;

    /**
     * @param identity which of the configured servers this one is
     * @param systemProperties the properties of the process; only those that everybody may see are shown
     * @param clientPort the port that was really bound
     */
    ServerMachine(
            Config config, ServerIdentity identity, Map<String, String> systemProperties, IntSupplier clientPort) {
        this.config = config;
        this.identity = identity;
        this.systemProperties = systemProperties;
        this.clientPort = clientPort;
    }

    @Override
    public Map<String, String> environment() {
        Map<String, String> environment = new LinkedHashMap<>();
        environment.put("host.name", hostName());
        for (String name : PROPERTIES) {
            environment.put(name, systemProperties.getOrDefault(name, UNKNOWN_VALUE));
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
            return UNKNOWN_VALUE;
        }
    }

    private static String megabytes(long bytes) {
        return bytes / BYTES_PER_MEGABYTE + "MB";
    }

    @Override
    public Map<String, String> configuration() {
        Map<String, String> lines = new LinkedHashMap<>();
        lines.put("clientPort", Integer.toString(clientPort.getAsInt()));
        lines.put("secureClientPort", Integer.toString(NO_PORT));
        lines.put("dataDir", config.dataDir().toAbsolutePath().toString());
        lines.put("dataDirSize", Long.toString(snapshotBytes()));
        lines.put("dataLogDir", config.dataLogDir().toAbsolutePath().toString());
        lines.put("dataLogSize", Long.toString(logBytes()));
        lines.put("tickTime", Integer.toString(config.tickTimeMillis()));
        lines.put("maxClientCnxns", Integer.toString(config.maxClientCnxns()));
        lines.put("minSessionTimeout", Integer.toString(config.minSessionTimeoutMillis()));
        lines.put("maxSessionTimeout", Integer.toString(config.maxSessionTimeoutMillis()));
        lines.put("clientPortListenBacklog", Integer.toString(config.clientPortListenBacklog()));
        if (config.mode() == Mode.QUORUM) {
            lines.put("serverId", Long.toString(identity.serverId()));
            ensemble(lines);
        } else {
            lines.put("serverId", Integer.toString(NO_SERVER_ID));
        }
        return lines;
    }

    private void ensemble(Map<String, String> lines) {
        lines.put("initLimit", Integer.toString(config.initLimitTicks()));
        lines.put("syncLimit", Integer.toString(config.syncLimitTicks()));
        lines.put("electionAlg", Integer.toString(ELECTION));
        Ensemble.Member self = config.ensemble().members().get(identity.serverId());
        if (self != null) {
            lines.put("electionPort", ports(self, Ensemble.Address::electionPort));
            lines.put("quorumPort", ports(self, Ensemble.Address::quorumPort));
            lines.put("peerType", self.role() == Ensemble.Role.OBSERVER ? "1" : "0");
        }
    }

    private static String ports(Ensemble.Member self, ToIntFunction<Ensemble.Address> port) {
        return self.addresses().stream()
                .map(address -> Integer.toString(port.applyAsInt(address)))
                .collect(Collectors.joining("|"));
    }

    @Override
    public long snapshotBytes() {
        return bytesBelow(config.dataDir());
    }

    @Override
    public long logBytes() {
        return bytesBelow(config.dataLogDir());
    }

    private static long bytesBelow(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.mapToLong(ServerMachine::bytesOf).sum();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(directory + " cannot be measured", unreadable);
        }
    }

    private static long bytesOf(Path file) {
        try {
            return Files.isRegularFile(file) ? Files.size(file) : 0;
        } catch (NoSuchFileException gone) {
            // Purged while we looked.
            return 0;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    @Override
    public long openFiles() {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        return system instanceof UnixOperatingSystemMXBean unix
                ? unix.getOpenFileDescriptorCount()
                : UNKNOWN.openFiles();
    }

    @Override
    public long openFilesMax() {
        OperatingSystemMXBean system = ManagementFactory.getOperatingSystemMXBean();
        return system instanceof UnixOperatingSystemMXBean unix
                ? unix.getMaxFileDescriptorCount()
                : UNKNOWN.openFilesMax();
    }
}
