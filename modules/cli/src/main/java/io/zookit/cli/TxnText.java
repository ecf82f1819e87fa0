package io.zookit.cli;

import io.zookit.model.Acl;
import io.zookit.model.Txn;
import io.zookit.model.Zxid;
import io.zookit.wire.LoggedTxn;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Transactions as text.
 *
 * @param withData whether data is shown, as hexadecimal digits; it may be a secret
 */
record TxnText(boolean withData) {
    String line(LoggedTxn logged) {
        String digest =
                logged.digest() == null ? "" : " digest " + logged.digest().value();
        return Zxid.text(logged.header().zxid()) + " "
                + Instant.ofEpochMilli(logged.header().timeMillis())
                + " session 0x" + Long.toHexString(logged.header().sessionId()) + " cxid "
                + logged.header().cxid() + " " + body(logged.txn()) + digest;
    }

    private String body(Txn txn) {
        String name = txn.type().name().toLowerCase(java.util.Locale.ROOT);
        if (txn instanceof Txn.Create create) {
            return name + " " + create.path() + (create.ephemeral() ? " ephemeral" : "")
                    + (create.ttlMillis() > 0 ? " ttl " + create.ttlMillis() + " ms" : "") + " acl "
                    + aclText(create.acl()) + dataText(create.data()) + " parent cversion " + create.parentCversion();
        } else if (txn instanceof Txn.SetData set) {
            return name + " " + set.path() + dataText(set.data()) + " version " + set.version();
        } else if (txn instanceof Txn.SetAcl set) {
            return name + " " + set.path() + " acl " + aclText(set.acl()) + " aversion " + set.aversion();
        } else if (txn instanceof Txn.CreateSession session) {
            return name + " timeout " + session.timeoutMillis() + " ms";
        } else if (txn instanceof Txn.CloseSession session) {
            List<String> paths = session.paths();
            return name + (paths == null ? "" : " " + paths);
        } else if (txn instanceof Txn.Rejected rejected) {
            return name + " " + rejected.code();
        } else if (txn instanceof Txn.Multi multi) {
            return name + " " + multi.parts().stream().map(this::body).collect(Collectors.joining("; ", "[", "]"));
        }
        String path = pathOf(txn);
        return path == null ? name : name + " " + path;
    }

    private String dataText(byte @Nullable [] data) {
        if (data == null) {
            return " data none";
        }
        return " data " + data.length + " bytes" + (withData ? " " + hex(data) : "");
    }

    static String hex(byte[] bytes) {
        return HexFormat.of().formatHex(bytes);
    }

    /** The one znode a transaction is about, {@code null} for none. */
    static @Nullable String pathOf(Txn txn) {
        if (txn instanceof Txn.Create create) {
            return create.path();
        } else if (txn instanceof Txn.SetData set) {
            return set.path();
        } else if (txn instanceof Txn.SetAcl set) {
            return set.path();
        } else if (txn instanceof Txn.Delete delete) {
            return delete.path();
        }
        return txn instanceof Txn.Check check ? check.path() : null;
    }

    /** {@code scheme:id:permissions}, separated by commas; of digests only the user, since the rest is as good as a password. */
    static String aclText(List<Acl> acl) {
        return acl.stream()
                .map(entry -> entry.id().scheme() + ":" + shown(entry) + ":" + permissions(entry.permissions()))
                .collect(Collectors.joining(","));
    }

    private static String shown(Acl entry) {
        String id = entry.id().id();
        return entry.id().scheme().equals("digest") && id.indexOf(':') >= 0 ? id.substring(0, id.indexOf(':')) : id;
    }

    private static String permissions(int bits) {
        String letters = "rwcda";
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < letters.length(); i++) {
            if ((bits & (1 << i)) != 0) {
                text.append(letters.charAt(i));
            }
        }
        return text.toString();
    }
}
