package io.zookit.model;

/**
 * The facts about a znode as a client sees them, in the order of the wire (client protocol, record Stat).
 *
 * @param czxid zxid of the transaction that created the znode
 * @param mzxid zxid of the last change of its data
 * @param ctime creation time, milliseconds since 1970 by the leader's clock
 * @param mtime time of the last change of its data, same unit
 * @param version number of data changes
 * @param cversion number of child creations and deletions
 * @param aversion number of ACL changes
 * @param ephemeralOwner the session that owns an ephemeral znode, 0 for every other kind
 * @param dataLength bytes of data, 0 when there is none
 * @param numChildren children right now
 * @param pzxid zxid of the last creation or deletion of a child
 */
public record Stat(
        long czxid,
        long mzxid,
        long ctime,
        long mtime,
        int version,
        int cversion,
        int aversion,
        long ephemeralOwner,
        int dataLength,
        int numChildren,
        long pzxid) {}
