package io.zookit.tree;

/**
 * How a tree behaves.
 *
 * @param digestEnabled whether the digest is kept up to date; without it every digest is 0
 * @param extendedTypes whether owners with the TTL mark are TTL znodes; otherwise they are ephemerals of a session with a strange
 *     number. All members of an ensemble need the same setting.
 * @param hashSalt spreads child names over the buckets of a directory, so that names cannot be chosen to collide; it also decides
 *     the order in which children are listed, and nothing else
 */
public record TreeOptions(boolean digestEnabled, boolean extendedTypes, long hashSalt) {
    /** Options with salt 0: good enough where names come from friends. */
    public TreeOptions(boolean digestEnabled, boolean extendedTypes) {
        this(digestEnabled, extendedTypes, 0);
    }
}
