package io.zookit.storage.files;

/**
 * The layout of a snapshot, which is Apache's: header, sessions, access lists by number, znodes with parents before children and
 * the path {@code /} as their end, then a seal; then the digest with the zxid at which it was taken and a seal; then the last zxid
 * that went in, and a seal. Servers before 3.6 end after the first seal, those before 3.9 after the second.
 */
final class SnapshotLayout {
    static final int MAGIC = 0x5A4B534E;
    static final int VERSION = 2;

    /**
     * Where Apache writes -1 and never looks again: this snapshot is ours. Of others the digest is not taken at its word, because
     * Apache's servers record ones that do not fit the very znodes they stand behind; the seals protect those as well.
     */
    static final long OURS = 0x5A4F4F4B4954L;

    static final int DIGEST_VERSION = 2;

    /** Ends the znodes, and follows each sum. */
    static final String SEAL = "/";

    /** How the root is written. */
    static final String ROOT = "";

    /** The number of the list that gives everything to everybody; it stands in no table. */
    static final long OPEN_ACL = -1;

    /** The file is packed by gzip. */
    static final String GZIP = ".gz";

    private SnapshotLayout() {}
}
