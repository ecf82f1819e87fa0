package io.zookit.tree;

import io.zookit.model.Acl;
import io.zookit.model.EphemeralOwner;
import io.zookit.model.PersistedStat;
import io.zookit.model.Stat;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A committed znode. To everyone outside it is a view to read from, valid until the next transaction is applied.
 *
 * <p>The fields are laid out for a million of them: 72 bytes here (with compressed references) plus one array that holds name and
 * data. A znode knows neither its parent nor its whole path: whoever has found it, knows.
 */
public final class Znode implements PendingZnode {
    private static final int HAS_DATA = 1;
    private static final int EPHEMERAL = 2;
    private static final int DIGESTED = 4;
    private static final int WALK_MARK_SHIFT = 3;
    private static final int WALK_MARK_MASK = 0x1f;
    private static final int NAME_HASH_SHIFT = 8;
    private static final int LENGTH_BITS = 7;

    private long czxid;
    private long mzxid;
    private long ctime;
    private long mtime;
    private int version;

    /** CRC-32 of path and data, the part of the digest that outlives changes of the stat. */
    int contentCrc;

    /**
     * From high to low: 24 bits of the hash of the name, which tell nearly all strangers in a bucket apart without a look at their
     * names; 5 bits that the last {@link SnapshotWalk} that came by has left; 3 flags.
     */
    private int marks;

    /** Length of the name (seven bits a byte, low bits first, high bit set on all but the last), name, data. Never changed. */
    private byte[] content;

    private @Nullable ZnodeDetails details;
    AclTable.SharedAcl sharedAcl;

    /** The next in the same bucket of the parent's {@link ChildTable}. */
    @Nullable
    Znode next;

    /**
     * A new znode.
     *
     * @param stat its facts
     * @param content as {@link #content(String, int, int, int)} has begun it, the data filled in
     * @param hasData whether it has data, as opposed to none
     * @param ephemeral whether its owner is a session
     * @param digested whether it counts in the tree's digest
     */
    Znode(
            PersistedStat stat,
            byte[] content,
            boolean hasData,
            boolean ephemeral,
            boolean digested,
            AclTable.SharedAcl sharedAcl) {
        this.content = content;
        this.sharedAcl = sharedAcl;
        marks = (hasData ? HAS_DATA : 0) | (ephemeral ? EPHEMERAL : 0) | (digested ? DIGESTED : 0);
        czxid = stat.czxid();
        mzxid = stat.mzxid();
        ctime = stat.ctime();
        mtime = stat.mtime();
        version = stat.version();
        if (stat.pzxid() != czxid
                || stat.cversion() != 0
                || stat.aversion() != 0
                || stat.ephemeralOwner() != EphemeralOwner.PERSISTENT) {
            ZnodeDetails own = ownDetails();
            own.pzxid = stat.pzxid();
            own.cversion = stat.cversion();
            own.aversion = stat.aversion();
            own.ephemeralOwner = stat.ephemeralOwner();
        }
    }

    /** An array with the name, the characters {@code from} to {@code to} of a path, and room for the data at its end. */
    static byte[] content(String path, int from, int to, int dataLength) {
        int nameLength = NameBytes.length(path, from, to);
        int prefixLength = 1;
        for (int rest = nameLength >>> LENGTH_BITS; rest != 0; rest >>>= LENGTH_BITS) {
            prefixLength++;
        }
        byte[] content = new byte[Math.addExact(prefixLength + nameLength, dataLength)];
        int rest = nameLength;
        for (int i = 0; i < prefixLength - 1; i++) {
            content[i] = (byte) (rest | 0x80);
            rest >>>= LENGTH_BITS;
        }
        content[prefixLength - 1] = (byte) rest;
        NameBytes.write(path, from, to, content, prefixLength);
        return content;
    }

    private int nameOffset() {
        int offset = 0;
        while (content[offset] < 0) {
            offset++;
        }
        return offset + 1;
    }

    private int nameLength() {
        int length = 0;
        int shift = 0;
        int offset = 0;
        while (content[offset] < 0) {
            length |= (content[offset++] & 0x7f) << shift;
            shift += LENGTH_BITS;
        }
        return length | (content[offset] << shift);
    }

    boolean isNamed(String path, int from, int to) {
        return NameBytes.equal(content, nameOffset(), nameLength(), path, from, to);
    }

    /** What {@link NameHash} says of its name; means nothing before it is among the children of another. */
    int nameHash() {
        return marks >>> NAME_HASH_SHIFT;
    }

    void nameHash(int hash) {
        marks = (marks & ((1 << NAME_HASH_SHIFT) - 1)) | (hash << NAME_HASH_SHIFT);
    }

    /** What the last {@link SnapshotWalk} that came by has left, 1 to 31; 0 for none. */
    int walkMark() {
        return (marks >>> WALK_MARK_SHIFT) & WALK_MARK_MASK;
    }

    void walkMark(int mark) {
        marks = (marks & ~(WALK_MARK_MASK << WALK_MARK_SHIFT)) | (mark << WALK_MARK_SHIFT);
    }

    private boolean is(int flag) {
        return (marks & flag) != 0;
    }

    /** The last component of its path; empty for the root. */
    public String name() {
        return NameBytes.text(content, nameOffset(), nameLength());
    }

    @Override
    public byte[] content() {
        return content;
    }

    @Override
    public int dataOffset() {
        return nameOffset() + nameLength();
    }

    @Override
    public int dataLength() {
        return is(HAS_DATA) ? content.length - dataOffset() : -1;
    }

    /** Bytes of data, 0 also when there is none. */
    int dataBytes() {
        return content.length - dataOffset();
    }

    /** The facts as a client sees them. */
    public Stat stat() {
        int children = childCount();
        return new Stat(
                czxid,
                mzxid,
                ctime,
                mtime,
                version,
                2 * cversion() - children,
                aversion(),
                isEphemeral() ? ephemeralOwner() : 0,
                dataBytes(),
                children,
                pzxid());
    }

    @Override
    public long czxid() {
        return czxid;
    }

    @Override
    public long mzxid() {
        return mzxid;
    }

    @Override
    public long pzxid() {
        return details == null ? czxid : details.pzxid;
    }

    @Override
    public long ctime() {
        return ctime;
    }

    @Override
    public long mtime() {
        return mtime;
    }

    @Override
    public int version() {
        return version;
    }

    @Override
    public int cversion() {
        return details == null ? 0 : details.cversion;
    }

    @Override
    public int aversion() {
        return details == null ? 0 : details.aversion;
    }

    @Override
    public long ephemeralOwner() {
        return details == null ? EphemeralOwner.PERSISTENT : details.ephemeralOwner;
    }

    @Override
    public boolean isEphemeral() {
        return is(EPHEMERAL);
    }

    boolean isDigested() {
        return is(DIGESTED);
    }

    @Override
    public List<Acl> acl() {
        return sharedAcl.list;
    }

    @Override
    public int childCount() {
        ChildTable table = children();
        return table == null ? 0 : table.size();
    }

    /** Gives the names of the children, in no particular order. */
    public void children(Consumer<String> consumer) {
        ChildTable table = children();
        for (int bucket = 0; table != null && bucket < table.bucketCount(); bucket++) {
            for (Znode child = table.bucket(bucket); child != null; child = child.next) {
                consumer.accept(child.name());
            }
        }
    }

    /** The names of the children, in no particular order; a new list. */
    public List<String> childNames() {
        List<String> names = new ArrayList<>(childCount());
        children(names::add);
        return names;
    }

    /** The children, {@code null} when there are none. */
    @Nullable
    ChildTable children() {
        return details == null ? null : details.children;
    }

    /** Finds the child named by the characters {@code from} to {@code to} of a path. */
    @Nullable
    Znode child(String path, int from, int to, NameHash names) {
        ChildTable table = children();
        return table == null ? null : table.find(path, from, to, names.of(path, from, to));
    }

    /**
     * Adds a child whose name is not there yet.
     *
     * @param hash of its name
     */
    void addChild(Znode child, int hash) {
        ZnodeDetails own = ownDetails();
        ChildTable table = own.children;
        if (table == null) {
            table = new ChildTable();
            own.children = table;
        }
        table.add(child, hash);
    }

    /** Takes a child out. The last one takes the whole table with it. */
    void removeChild(Znode child, boolean mayShrink) {
        ZnodeDetails own = ownDetails();
        ChildTable table = own.children;
        if (table != null) {
            table.remove(child, mayShrink);
            if (table.size() == 0) {
                own.children = null;
            }
        }
    }

    void setData(byte[] newContent, boolean hasData, long zxid, long timeMillis, int newVersion) {
        content = newContent;
        marks = hasData ? marks | HAS_DATA : marks & ~HAS_DATA;
        mzxid = zxid;
        mtime = timeMillis;
        version = newVersion;
    }

    void setAversion(int aversion) {
        if (aversion != aversion()) {
            ownDetails().aversion = aversion;
        }
    }

    void setCversion(int cversion) {
        if (cversion != cversion()) {
            ownDetails().cversion = cversion;
        }
    }

    void setPzxid(long pzxid) {
        if (pzxid != pzxid()) {
            ownDetails().pzxid = pzxid;
        }
    }

    /** A copy of the content with the same name and room for other data. */
    byte[] contentWithRoom(int dataLength) {
        int prefixLength = dataOffset();
        byte[] copy = new byte[Math.addExact(prefixLength, dataLength)];
        System.arraycopy(content, 0, copy, 0, prefixLength);
        return copy;
    }

    private ZnodeDetails ownDetails() {
        if (details == null) {
            details = new ZnodeDetails(czxid);
        }
        return details;
    }
}
