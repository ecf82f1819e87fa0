package io.zookit.model;

/** The five permissions of an ACL entry, as bits. */
public final class Permissions {
    /** Read the data and list the children. */
    public static final int READ = 1;
    /** Change the data. */
    public static final int WRITE = 2;
    /** Create children. */
    public static final int CREATE = 4;
    /** Delete children. */
    public static final int DELETE = 8;
    /** Change the ACL. */
    public static final int ADMIN = 16;
    /** All five. */
    public static final int ALL = 31;

    private Permissions() {}
}
