package io.zookit.consensus.zab;

import io.zookit.model.Acl;
import io.zookit.model.Id;
import io.zookit.model.PersistedStat;
import io.zookit.model.ZnodePath;
import io.zookit.spi.storage.SnapshotSink;
import io.zookit.wire.WireFormatException;
import io.zookit.zab.Membership;
import io.zookit.zab.MembershipFormatException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the state that follows a SNAP packet, as {@link SnapshotStream} writes it. The stream of another server may hold the effects
 * of some later transactions as well; they follow once more and change nothing then.
 *
 * <p>It may even lack an ACL list that came into use while it was written: Apache's server writes the lists first and the znodes
 * later. Nobody may use such a znode until the transaction that gave it the list follows.
 */
final class SnapshotIntake {
    /** The most bytes of one part: more than a znode can have. */
    private static final int PART_BYTES_MAX = 64 << 20;

    private static final int STAT_BYTES = 60;

    private static final Logger LOG = LoggerFactory.getLogger(SnapshotIntake.class);

    private final ByteIntake intake;
    private final Map<Long, List<Acl>> lists = new HashMap<>();
    private @Nullable Membership members;

    SnapshotIntake(ByteIntake intake) {
        this.intake = intake;
        lists.put(SnapshotStream.OPEN, Acl.OPEN_UNSAFE);
    }

    /**
     * Reads everything up to and with the last word.
     *
     * @param sink gets sessions and znodes, but no end: nothing is durable before the caller says so
     * @return the members the ensemble had by this state, {@code null} when it does not say
     * @throws IOException when the link ends before
     * @throws WireFormatException when it is no such stream
     */
    @Nullable
    Membership read(SnapshotSink sink) throws IOException {
        for (int count = count("sessions"); count > 0; count--) {
            intake.need(Long.BYTES + Integer.BYTES);
            sink.session(intake.unread().getLong(), intake.unread().getInt());
        }
        for (int count = count("ACL lists"); count > 0; count--) {
            long number = intake.need(Long.BYTES).getLong();
            lists.put(number, list());
        }
        String path = string();
        while (!path.equals(SnapshotStream.END)) {
            node(path, sink);
            path = string();
        }
        String last = string();
        if (!last.equals(SnapshotStream.SIGNATURE)) {
            throw new WireFormatException("the leader's snapshot ends with other words than it should");
        }
        return members;
    }

    private void node(String path, SnapshotSink sink) throws IOException {
        int length = length();
        ByteBuffer data = null;
        if (length >= 0) {
            ByteBuffer bytes = intake.need(length);
            byte[] copy = new byte[length];
            bytes.get(copy);
            data = ByteBuffer.wrap(copy);
            if (path.equals(ZnodePath.CONFIG)) {
                members = membersIn(copy);
            }
        }
        ByteBuffer fixed = intake.need(Long.BYTES + STAT_BYTES);
        long number = fixed.getLong();
        List<Acl> acl = lists.get(number);
        if (acl == null) {
            LOG.warn(
                    "the leader's snapshot gives {} the ACL list {}, which it does not contain: only the superuser may use this"
                            + " znode, unless a later transaction says who else may",
                    path,
                    number);
            acl = Acl.NOBODY;
            lists.put(number, acl);
        }
        sink.node(path.isEmpty() ? "/" : path, data, acl, stat(fixed));
    }

    /** Only a superuser writes this znode by hand; what is no list of members there says nothing of them. */
    private static @Nullable Membership membersIn(byte[] data) {
        try {
            return data.length == 0 ? null : Membership.parse(data);
        } catch (MembershipFormatException e) {
            LOG.warn(
                    "{} in the leader's snapshot holds no list of members ({}); members are taken from what the leader says otherwise",
                    ZnodePath.CONFIG,
                    e.getMessage());
            return null;
        }
    }

    private static PersistedStat stat(ByteBuffer fixed) {
        return new PersistedStat(
                fixed.getLong(),
                fixed.getLong(),
                fixed.getLong(),
                fixed.getLong(),
                fixed.getInt(),
                fixed.getInt(),
                fixed.getInt(),
                fixed.getLong(),
                fixed.getLong());
    }

    private List<Acl> list() throws IOException {
        List<Acl> list = new ArrayList<>();
        for (int count = count("entries of an ACL list"); count > 0; count--) {
            int permissions = intake.need(Integer.BYTES).getInt();
            list.add(new Acl(permissions, new Id(string(), string())));
        }
        return List.copyOf(list);
    }

    private int count(String what) throws IOException {
        int count = intake.need(Integer.BYTES).getInt();
        if (count < -1) {
            throw new WireFormatException("the leader's snapshot claims " + count + " " + what);
        }
        return count;
    }

    private String string() throws IOException {
        int length = length();
        if (length <= 0) {
            return "";
        }
        byte[] bytes = new byte[length];
        intake.need(length).get(bytes);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private int length() throws IOException {
        int length = intake.need(Integer.BYTES).getInt();
        if (length < -1 || length > PART_BYTES_MAX) {
            throw new WireFormatException("the leader's snapshot claims a part of " + length + " bytes");
        }
        return length;
    }
}
