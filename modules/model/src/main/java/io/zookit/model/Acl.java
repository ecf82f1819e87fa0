package io.zookit.model;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One entry of a znode's access control list.
 *
 * @param permissions a sum of {@link Permissions} bits
 * @param id whom it is given to
 */
public record Acl(int permissions, Id id) {
    /** Everyone may do everything: the list of znodes created without a wish. */
    public static final List<Acl> OPEN_UNSAFE = List.of(new Acl(Permissions.ALL, Id.ANYONE));
    /** Everyone may read. */
    public static final List<Acl> READ_UNSAFE = List.of(new Acl(Permissions.READ, Id.ANYONE));
    /** Nobody may do anything, but the superuser. An empty list would let everyone do everything. */
    public static final List<Acl> NOBODY = List.of(new Acl(0, Id.ANYONE));

    // Written out because it is needed at the start, where what a record brings along is slow (decision 0082).
    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Acl that && permissions == that.permissions && id.equals(that.id);
    }

    @Override
    public int hashCode() {
        return 31 * permissions + id.hashCode();
    }
}
