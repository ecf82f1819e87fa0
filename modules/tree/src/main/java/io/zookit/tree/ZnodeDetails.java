package io.zookit.tree;

import io.zookit.model.EphemeralOwner;
import org.jspecify.annotations.Nullable;

/**
 * The facts in which a znode differs from an untouched persistent leaf. Most znodes are such leaves and have no details at all,
 * which is where the memory is saved.
 */
final class ZnodeDetails {
    long pzxid;
    long ephemeralOwner = EphemeralOwner.PERSISTENT;
    int cversion;
    int aversion;

    @Nullable
    ChildTable children;

    ZnodeDetails(long pzxid) {
        this.pzxid = pzxid;
    }
}
