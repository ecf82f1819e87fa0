package io.zookit.tree;

import io.zookit.model.Acl;
import io.zookit.model.EphemeralOwner;
import io.zookit.model.PersistedStat;
import io.zookit.model.Stat;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A committed znode. To everyone outside it is a view to read from, valid until the next transaction is applied.
 *
 * <p>The fields are laid out for a million of them: 72 bytes here (with compressed references) plus one array that holds name and
 * data. Only data that is long has an array of its own: the one it came in, so that it is never copied. A znode knows neither its
 * parent nor its whole path: whoever has found it, knows.
 */
public final class Znode implements PendingZnode {
    private static final byte[] NO_BYTES = new byte[0];
    private static final int HAS_DATA = 1;
    private static final int EPHEMERAL = 2;
    private static final int DIGESTED = 4;
    private static final int WALK_MARK_SHIFT = 3;
    private static final int WALK_MARK_MASK = 0x1f;
    private static final int LENGTH_BITS = 7;
    /** An array of its own costs some thirty bytes. */
    private static final int OWN_ARRAY_BYTES_MIN = 512;

    private long czxid;
    private long mzxid;
    private long ctime;
    private long mtime;
    private int version;

    /** CRC-32 of path and data, the part of the digest that outlives changes of the stat. */
    int contentCrc;

    /**
     * From high to low: 5 bits that the last {@link SnapshotWalk} that came by has left; 3 flags.
     */
    private int marks;

    /**
     * Length of the name (seven bits a byte, low bits first, high bit set on all but the last), name, and data unless it has an
     * array of its own. Never changed.
     */
    private byte[] content;

    /** Data that is long; never changed. */
    private byte @Nullable [] longData;

    private @Nullable ZnodeDetails details;
    AclTable.SharedAcl sharedAcl;

    /**
     * A new znode.
     *
     * @param stat its facts
     * @param path its path
     * @param nameStart where its name begins there
     * @param data its data, {@code null} for none; not changed by anybody from now on
     * @param ephemeral whether its owner is a session
     * @param digested whether it counts in the tree's digest
     */
    Znode(
            PersistedStat stat,
            String path,
            int nameStart,
            byte @Nullable [] data,
            boolean ephemeral,
            boolean digested,
            AclTable.SharedAcl sharedAcl) {
        byte[] ownArray = longOrNull(data);
        content = contentOf(path, nameStart, ownArray == null ? data : null);
        longData = ownArray;
        this.sharedAcl = sharedAcl;
        marks = (data == null ? 0 : HAS_DATA) | (ephemeral ? EPHEMERAL : 0) | (digested ? DIGESTED : 0);
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

    private static byte @Nullable [] longOrNull(byte @Nullable [] data) {
        return data != null && data.length >= OWN_ARRAY_BYTES_MIN ? data : null;
    }

    private static byte[] contentOf(String path, int nameStart, byte @Nullable [] data) {
        int dataLength = data == null ? 0 : data.length;
        int nameLength = NameBytes.length(path, nameStart, path.length());
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
        int dataOffset = NameBytes.write(path, nameStart, path.length(), content, prefixLength);
        if (data != null) {
            System.arraycopy(data, 0, content, dataOffset, dataLength);
        }
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

    private int nameEnd() {
        return nameOffset() + nameLength();
    }

    boolean isNamed(String path, int from, int to) {
        return NameBytes.equal(content, nameOffset(), nameLength(), path, from, to);
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
        byte[] ownArray = longData;
        return ownArray == null ? content : ownArray;
    }

    @Override
    public int dataOffset() {
        return longData == null ? nameEnd() : 0;
    }

    @Override
    public int dataLength() {
        return is(HAS_DATA) ? dataBytes() : -1;
    }

    /** Bytes of data, 0 also when there is none. */
    int dataBytes() {
        byte[] ownArray = longData;
        return ownArray == null ? content.length - nameEnd() : ownArray.length;
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
        if (table != null) {
            table.forEach(child -> consumer.accept(child.name()));
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

    /**
     * Takes a child out. The last one takes the whole table with it.
     *
     * @param hash of its name
     */
    void removeChild(Znode child, int hash, boolean mayShrink) {
        ZnodeDetails own = ownDetails();
        ChildTable table = own.children;
        if (table != null) {
            table.remove(child, hash, mayShrink);
            if (table.size() == 0) {
                own.children = null;
            }
        }
    }

    /**
     * Replaces the data.
     *
     * @param data {@code null} for none; not changed by anybody from now on
     */
    void setData(byte @Nullable [] data, long zxid, long timeMillis, int newVersion) {
        byte[] ownArray = longOrNull(data);
        byte[] inContent = ownArray == null && data != null ? data : NO_BYTES;
        int nameEnd = nameEnd();
        if (nameEnd + inContent.length != content.length) {
            content = Arrays.copyOf(content, nameEnd + inContent.length);
        } else if (inContent.length > 0) {
            content = content.clone();
        }
        System.arraycopy(inContent, 0, content, nameEnd, inContent.length);
        longData = ownArray;
        marks = data == null ? marks & ~HAS_DATA : marks | HAS_DATA;
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

    private ZnodeDetails ownDetails() {
        if (details == null) {
            details = new ZnodeDetails(czxid);
        }
        return details;
    }
}
