package io.zookit.simulator.check;

import io.zookit.model.OpCode;
import io.zookit.model.Txn;
import io.zookit.model.TxnHeader;
import io.zookit.model.ZnodePath;
import io.zookit.model.Zxid;
import io.zookit.wire.LoggedTxn;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What the committed history means, in the simplest form: a map of paths, each with all it ever was. It is the model that every answer
 * to a client is held against. Sees to I16 and I17 for what is committed: a transaction names versions and parents that are right,
 * and a suffix is given out once.
 */
public final class ReferenceTree {
    private final Map<String, List<Moment>> paths = new HashMap<>();
    private final Map<String, Long> greatestSuffix = new HashMap<>();
    private final Set<Long> sessions = new HashSet<>();

    ReferenceTree() {
        change("/", 0, new Znode("", 0, 0, 0, 0));
    }

    /**
     * A znode at one time.
     *
     * @param value its data as text
     * @param version its version
     * @param czxid the transaction that created it
     * @param mzxid the transaction that last changed its data
     * @param owner the session of an ephemeral, 0 otherwise
     */
    public record Znode(String value, int version, long czxid, long mzxid, long owner) {}

    /** What a path was from a transaction on; {@code null} for nothing. */
    private record Moment(long zxid, @Nullable Znode znode) {}

    /** What was at a path after a transaction, {@code null} for nothing. */
    public @Nullable Znode at(String path, long zxid) {
        List<Moment> moments = paths.getOrDefault(path, List.of());
        for (int i = moments.size() - 1; i >= 0; i--) {
            if (moments.get(i).zxid() <= zxid) {
                return moments.get(i).znode();
            }
        }
        return null;
    }

    /** The transaction that first changed a path after another one, 0 when none has. */
    public long firstChangeAfter(String path, long zxid) {
        long first = 0;
        List<Moment> moments = paths.getOrDefault(path, List.of());
        for (int i = moments.size() - 1; i >= 0 && moments.get(i).zxid() > zxid; i--) {
            first = moments.get(i).zxid();
        }
        return first;
    }

    void apply(LoggedTxn logged) {
        TxnHeader header = logged.header();
        if (logged.txn() instanceof Txn.CreateSession) {
            sessions.add(header.sessionId());
        } else if (!(logged.txn() instanceof Txn.Rejected)
                && header.sessionId() != 0
                && !sessions.contains(header.sessionId())) {
            throw new Violation("I14", Zxid.text(header.zxid()) + " acts for a session that is over");
        }
        apply(header, logged.txn());
    }

    private void apply(TxnHeader header, Txn txn) {
        if (txn instanceof Txn.Create create) {
            create(header, create);
        } else if (txn instanceof Txn.SetData set && set.type() == OpCode.SET_DATA) {
            setData(header, set);
        } else if (txn instanceof Txn.Delete delete) {
            require(latest(delete.path()) != null, header, "deletes nothing");
            change(delete.path(), header.zxid(), null);
        } else if (txn instanceof Txn.CloseSession close) {
            closeSession(header, close);
        } else if (txn instanceof Txn.Multi multi && !multi.isRejected()) {
            for (Txn part : multi.parts()) {
                apply(header, part);
            }
        }
    }

    private void create(TxnHeader header, Txn.Create create) {
        String path = create.path();
        require(latest(path) == null, header, "creates " + path + ", which is there");
        require(latest(ZnodePath.parent(path)) != null, header, "creates " + path + " below nothing");
        long owner = create.ephemeral() ? header.sessionId() : 0;
        change(path, header.zxid(), new Znode(text(create.data()), 0, header.zxid(), header.zxid(), owner));
        int digits = path.length() - 10;
        if (digits > 0 && path.charAt(digits - 1) == '-') {
            long suffix = Long.parseLong(path.substring(digits));
            Long former = greatestSuffix.put(path.substring(0, digits), suffix);
            require(former == null || suffix > former, header, "gives out the suffix of " + path + " again", "I17");
        }
    }

    private void setData(TxnHeader header, Txn.SetData set) {
        Znode znode = latest(set.path());
        if (znode == null || set.version() != znode.version() + 1) {
            throw new Violation(
                    "I17",
                    Zxid.text(header.zxid()) + " makes version " + set.version() + " of " + set.path() + ", which is "
                            + znode);
        }
        change(
                set.path(),
                header.zxid(),
                new Znode(text(set.data()), set.version(), znode.czxid(), header.zxid(), znode.owner()));
    }

    private void closeSession(TxnHeader header, Txn.CloseSession close) {
        sessions.remove(header.sessionId());
        List<String> listed = close.paths() == null ? List.of() : close.paths();
        for (Map.Entry<String, List<Moment>> entry : new ArrayList<>(paths.entrySet())) {
            Znode znode = latest(entry.getKey());
            if (znode != null && znode.owner() == header.sessionId() && header.sessionId() != 0) {
                require(listed.contains(entry.getKey()), header, "ends a session and leaves " + entry.getKey(), "I12");
                change(entry.getKey(), header.zxid(), null);
            }
        }
    }

    private static void require(boolean holds, TxnHeader header, String what) {
        require(holds, header, what, "I16");
    }

    private static void require(boolean holds, TxnHeader header, String what, String rule) {
        if (!holds) {
            throw new Violation(rule, "the committed " + Zxid.text(header.zxid()) + " " + what);
        }
    }

    private @Nullable Znode latest(String path) {
        return at(path, Long.MAX_VALUE);
    }

    private void change(String path, long zxid, @Nullable Znode znode) {
        paths.computeIfAbsent(path, key -> new ArrayList<>()).add(new Moment(zxid, znode));
    }

    private static String text(byte @Nullable [] data) {
        return data == null ? "" : new String(data, StandardCharsets.UTF_8);
    }
}
