package io.zookit.server;

import io.zookit.config.Config;
import io.zookit.config.Ensemble;
import io.zookit.config.Mode;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Which of the configured servers this one is, and where its clients find it.
 *
 * @param serverId the number in the file {@code myid}; a server without an ensemble is 1
 * @param clients where to listen for clients
 */
record ServerIdentity(long serverId, InetSocketAddress clients) {
    private static final long STANDALONE_SERVER_ID = 1;

    /**
     * Finds out.
     *
     * @throws DataDirectoryException when the number cannot be read
     */
    static ServerIdentity of(Config config) {
        long serverId = config.mode() == Mode.QUORUM ? written(config.myidFile()) : STANDALONE_SERVER_ID;
        return new ServerIdentity(serverId, clients(config, serverId));
    }

    private static long written(Path file) {
        try {
            return Long.parseLong(Files.readString(file).strip());
        } catch (IOException | NumberFormatException unreadable) {
            throw new DataDirectoryException(file.toAbsolutePath() + " does not say this server's number ("
                    + unreadable.getMessage() + "). Write the N of its server.N line into it.");
        }
    }

    /** The keys of the file win over the server line. */
    private static InetSocketAddress clients(Config config, long serverId) {
        Ensemble.Member self = config.ensemble().members().get(serverId);
        Optional<Ensemble.ClientAddress> line =
                self == null ? Optional.empty() : self.clients().stream().findFirst();
        if (config.clientPort().isPresent() || line.isEmpty()) {
            int port = config.clientPort().orElse(0);
            return config.clientPortAddress()
                    .map(host -> new InetSocketAddress(host, port))
                    .orElseGet(() -> new InetSocketAddress(port));
        }
        return new InetSocketAddress(line.get().host(), line.get().port());
    }
}
