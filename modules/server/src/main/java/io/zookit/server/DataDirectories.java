package io.zookit.server;

import io.zookit.config.Config;
import io.zookit.spi.storage.Storage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** The directories a server keeps its data in, checked before anything is written. */
final class DataDirectories {
    /** Where Apache ZooKeeper keeps its log and snapshots. */
    private static final String APACHE_DATA = "version-2";

    private DataDirectories() {}

    /**
     * Makes sure that the directories are there and writable.
     *
     * @throws DataDirectoryException when they are not
     */
    static void prepare(Config config) {
        for (Path directory : List.of(config.dataDir(), config.dataLogDir())) {
            if (!Files.isDirectory(directory)) {
                create(directory, config.dataDirAutocreate());
            }
            if (!Files.isWritable(directory)) {
                throw new DataDirectoryException(directory.toAbsolutePath()
                        + " is not writable by this user. Change its owner or mode, or set dataDir.");
            }
        }
    }

    private static void create(Path directory, boolean allowed) {
        if (!allowed) {
            throw new DataDirectoryException(directory.toAbsolutePath()
                    + " does not exist, and datadir.autocreate=false. Create it, or correct dataDir.");
        }
        try {
            Files.createDirectories(directory);
        } catch (IOException failure) {
            throw new DataDirectoryException(directory.toAbsolutePath() + " cannot be created: " + failure
                    + ". Correct dataDir, or its parent's mode.");
        }
    }

    /**
     * Refuses to start empty beside data that somebody means to be served.
     *
     * @throws DataDirectoryException when Apache's files are there and ours are not
     */
    static void refuseForeignData(Config config, Storage storage) {
        boolean ownData =
                storage.log().lastZxid() != 0 || !storage.snapshots().zxids().isEmpty();
        if (ownData) {
            return;
        }
        for (Path directory : List.of(config.dataDir(), config.dataLogDir())) {
            Path foreign = directory.resolve(APACHE_DATA);
            if (holdsApacheData(foreign)) {
                throw new DataDirectoryException(foreign.toAbsolutePath()
                        + " holds the data of an Apache ZooKeeper server, and " + storage.location()
                        + " holds none of ours. Starting would serve an empty tree, so this server does not start."
                        + " Either point dataDir to another directory to start empty,"
                        + " or go on serving this data with Apache ZooKeeper.");
            }
        }
    }

    private static boolean holdsApacheData(Path directory) {
        if (!Files.isDirectory(directory)) {
            return false;
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .anyMatch(name -> name.startsWith("log.") || name.startsWith("snapshot."));
        } catch (IOException unreadable) {
            throw new DataDirectoryException(directory.toAbsolutePath() + " cannot be read: " + unreadable);
        }
    }
}
