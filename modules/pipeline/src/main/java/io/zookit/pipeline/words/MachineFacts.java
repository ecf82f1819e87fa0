package io.zookit.pipeline.words;

import io.zookit.spi.consensus.EnsembleFacts;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What files, the operating system and the consensus say about the process, at one moment.
 *
 * @param environment the lines of {@code envi} in order: name and value
 * @param configuration the lines of {@code conf} in order: name and value
 * @param snapshotBytes what the directory of snapshots takes on disk
 * @param logBytes what the directory of the transaction log takes on disk
 * @param openFiles file descriptors in use, -1 where the system does not say
 * @param openFilesMax how many the process may have, -1 where the system does not say
 * @param ensemble where the ensemble stands; {@code null} without one
 */
public record MachineFacts(
        Map<String, String> environment,
        Map<String, String> configuration,
        long snapshotBytes,
        long logBytes,
        long openFiles,
        long openFilesMax,
        @Nullable EnsembleFacts ensemble) {
    /** For words that do not tell of the machine. */
    public static final MachineFacts NOT_ASKED = new MachineFacts(Map.of(), Map.of(), 0, 0, -1, -1, null);

    /** The same with what the consensus has said. */
    public MachineFacts with(@Nullable EnsembleFacts stands) {
        return new MachineFacts(environment, configuration, snapshotBytes, logBytes, openFiles, openFilesMax, stands);
    }
}
