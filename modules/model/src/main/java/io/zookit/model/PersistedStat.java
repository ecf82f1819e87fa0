package io.zookit.model;

/**
 * The facts about a znode as they are stored in snapshots (wire format, record StatPersisted).
 *
 * <p>Two fields differ from {@link Stat}: {@code cversion} counts child creations only, and {@code ephemeralOwner} is raw, so it
 * also marks containers and TTL znodes (see {@link EphemeralOwner}).
 *
 * @param czxid zxid of the transaction that created the znode
 * @param mzxid zxid of the last change of its data
 * @param ctime creation time, milliseconds since 1970
 * @param mtime time of the last change of its data, milliseconds since 1970
 * @param version number of data changes
 * @param cversion number of children ever created; also the next sequential suffix
 * @param aversion number of ACL changes
 * @param ephemeralOwner raw owner
 * @param pzxid zxid of the last creation or deletion of a child
 */
public record PersistedStat(
        long czxid,
        long mzxid,
        long ctime,
        long mtime,
        int version,
        int cversion,
        int aversion,
        long ephemeralOwner,
        long pzxid) {

    /** The stat a client sees, given what the persisted form does not hold: the length of the data and the number of children. */
    public Stat visible(int dataLength, int numChildren) {
        return new Stat(
                czxid,
                mzxid,
                ctime,
                mtime,
                version,
                2 * cversion - numChildren,
                aversion,
                EphemeralOwner.isSession(ephemeralOwner) ? ephemeralOwner : 0,
                dataLength,
                numChildren,
                pzxid);
    }
}
