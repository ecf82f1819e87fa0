package io.zookit.tree;

import io.zookit.model.Acl;
import io.zookit.model.PersistedStat;
import java.util.List;

/** What proposed transactions make of one znode. Never changed once it is in a {@link PendingTree}: each change makes a new one. */
final class ChangedZnode implements PendingZnode {
    /** The transaction that makes it so. */
    final long zxid;

    boolean exists = true;
    private final long czxid;
    private long mzxid;
    private long pzxid;
    private final long ctime;
    private long mtime;
    private int version;
    private int cversion;
    private int aversion;
    private final long ephemeralOwner;
    private final boolean ephemeral;
    private int childCount;
    private List<Acl> acl;
    private byte[] content;
    private int dataOffset;
    private int dataLength;

    /** CRC-32 of path and data; means nothing when the znode does not count in the digest. */
    int contentCrc;

    /** A znode as it is or is proposed to be, about to be changed by one more transaction. */
    ChangedZnode(PendingZnode basis, long zxid) {
        this.zxid = zxid;
        czxid = basis.czxid();
        mzxid = basis.mzxid();
        pzxid = basis.pzxid();
        ctime = basis.ctime();
        mtime = basis.mtime();
        version = basis.version();
        cversion = basis.cversion();
        aversion = basis.aversion();
        ephemeralOwner = basis.ephemeralOwner();
        ephemeral = basis.isEphemeral();
        childCount = basis.childCount();
        acl = basis.acl();
        content = basis.content();
        dataOffset = basis.dataOffset();
        dataLength = basis.dataLength();
        contentCrc = contentCrc(basis);
    }

    /** A new znode. */
    ChangedZnode(PersistedStat stat, boolean ephemeral, List<Acl> acl, byte[] content, int dataLength) {
        zxid = stat.czxid();
        czxid = stat.czxid();
        mzxid = stat.mzxid();
        pzxid = stat.pzxid();
        ctime = stat.ctime();
        mtime = stat.mtime();
        version = stat.version();
        cversion = stat.cversion();
        aversion = stat.aversion();
        ephemeralOwner = stat.ephemeralOwner();
        this.ephemeral = ephemeral;
        this.acl = acl;
        this.content = content;
        this.dataLength = dataLength;
    }

    static int contentCrc(PendingZnode node) {
        return node instanceof ChangedZnode changed ? changed.contentCrc : ((Znode) node).contentCrc;
    }

    ChangedZnode gone() {
        exists = false;
        return this;
    }

    ChangedZnode withData(byte[] data, int length, int newVersion, long timeMillis) {
        content = data;
        dataOffset = 0;
        dataLength = length;
        version = newVersion;
        mzxid = zxid;
        mtime = timeMillis;
        return this;
    }

    ChangedZnode withAcl(List<Acl> newAcl, int newAversion) {
        acl = newAcl;
        aversion = newAversion;
        return this;
    }

    ChangedZnode withChildren(int count, int newCversion, long newPzxid) {
        childCount = count;
        cversion = newCversion;
        pzxid = newPzxid;
        return this;
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
        return pzxid;
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
        return cversion;
    }

    @Override
    public int aversion() {
        return aversion;
    }

    @Override
    public long ephemeralOwner() {
        return ephemeralOwner;
    }

    @Override
    public boolean isEphemeral() {
        return ephemeral;
    }

    @Override
    public int childCount() {
        return childCount;
    }

    @Override
    public List<Acl> acl() {
        return acl;
    }

    @Override
    public byte[] content() {
        return content;
    }

    @Override
    public int dataOffset() {
        return dataOffset;
    }

    @Override
    public int dataLength() {
        return dataLength;
    }
}
