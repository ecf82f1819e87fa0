package io.zookit.simulator.world;

/** What a loss of power may leave of what was not synced. */
public enum CrashMode {
    /** Nothing. */
    LOSES_ALL,
    /** Everything: the process died, the machine did not. */
    KEEPS_ALL,
    /**
     * Any set of sectors of the data; of the changes of the directory the first so many, and a synced file has its name: as a
     * file system with a journal does it.
     */
    JOURNALLED,
    /** Any set of sectors of the data, and any set of the changes of the directory that can be thought of. */
    ADVERSARIAL
}
