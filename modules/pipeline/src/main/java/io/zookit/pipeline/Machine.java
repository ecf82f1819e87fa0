package io.zookit.pipeline;

import java.util.Map;

/**
 * The process and the machine around a server, asked anew by each four-letter word that tells of them. Answers may read files: the
 * words have a thread for it.
 */
public interface Machine {
    /** Nothing is known of it. */
    Machine UNKNOWN = new Machine() {
        @Override
        public Map<String, String> environment() {
            return Map.of();
        }

        @Override
        public Map<String, String> configuration() {
            return Map.of();
        }

        @Override
        public long snapshotBytes() {
            return 0;
        }

        @Override
        public long logBytes() {
            return 0;
        }

        @Override
        public long openFiles() {
            return -1;
        }

        @Override
        public long openFilesMax() {
            return -1;
        }
    };

    /** What {@code envi} prints after the version, in this order: name and value. */
    Map<String, String> environment();

    /** What {@code conf} prints, in this order: name and value. */
    Map<String, String> configuration();

    /** What the directory of snapshots takes on disk. */
    long snapshotBytes();

    /** What the directory of the transaction log takes on disk. */
    long logBytes();

    /** File descriptors in use, -1 where the system does not say. */
    long openFiles();

    /** How many file descriptors the process may have, -1 where the system does not say. */
    long openFilesMax();
}
