package io.zookit.server;

import io.zookit.config.Config;
import io.zookit.spi.storage.Storage;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
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
     * Refuses to start empty beside data that somebody means to be served, whichever storage wrote it.
     *
     * @throws DataDirectoryException when another storage's files are there and the chosen one has none
     */
    static void refuseForeignData(Config config, Storage storage) {
        boolean ownData =
                storage.log().lastZxid() != 0 || !storage.snapshots().zxids().isEmpty();
        if (ownData) {
            return;
        }
        for (Path directory : List.of(config.dataDir(), config.dataLogDir())) {
            for (Path foreign : below(directory)) {
                if (holdsData(foreign)) {
                    throw new DataDirectoryException(
                            foreign.toAbsolutePath() + " holds the data of "
                                    + (foreign.endsWith(APACHE_DATA) ? "an Apache ZooKeeper server" : "another storage")
                                    + ", and "
                                    + storage.location()
                                    + " holds none of ours. Starting would serve an empty tree, so this server does not start."
                                    + " Either choose the storage that reads it (plugin.storage=files for Apache's),"
                                    + " or convert it (bin/zkTool.sh convert), or point dataDir to another directory to start empty.");
                }
            }
        }
    }

    private static List<Path> below(Path directory) {
        try (Stream<Path> entries = Files.list(directory)) {
            return entries.filter(Files::isDirectory).sorted().toList();
        } catch (IOException unreadable) {
            throw new DataDirectoryException(directory.toAbsolutePath() + " cannot be read: " + unreadable);
        }
    }

    /** Every storage that keeps files names them so. */
    private static boolean holdsData(Path directory) {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString())
                    .anyMatch(name -> name.matches("(log|snapshot)\\.[0-9a-fA-F]+(\\.[a-z]+)?"));
        } catch (AccessDeniedException unreadable) {
            // Such as lost+found: not ours to read, and nobody's data.
            return false;
        } catch (IOException unreadable) {
            throw new DataDirectoryException(directory.toAbsolutePath() + " cannot be read: " + unreadable);
        }
    }
}
