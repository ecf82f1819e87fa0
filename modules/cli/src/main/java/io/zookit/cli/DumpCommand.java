package io.zookit.cli;

import io.zookit.model.Acl;
import io.zookit.model.PersistedStat;
import io.zookit.model.Txn;
import io.zookit.model.TxnHeader;
import io.zookit.model.Zxid;
import io.zookit.spi.storage.LogReader;
import io.zookit.spi.storage.SnapshotSink;
import io.zookit.spi.storage.Storage;
import io.zookit.wire.LoggedTxn;
import java.io.PrintWriter;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;

/** Prints the log, or a snapshot, one line for each transaction, session or znode. */
@Command(
        name = "dump",
        description = "Print the log, or with --snapshot a snapshot, as lines of text.",
        mixinStandardHelpOptions = true)
final class DumpCommand extends DataCommand {
    @Option(
            names = "--snapshot",
            arity = "0..1",
            fallbackValue = "newest",
            paramLabel = "ZXID",
            description = "Print this snapshot; without a zxid the newest one.")
    private @Nullable String snapshot;

    @Option(
            names = "--from",
            paramLabel = "ZXID",
            converter = ZxidText.class,
            description = "The first transaction to print.")
    private long from = 0;

    @Option(
            names = "--to",
            paramLabel = "ZXID",
            converter = ZxidText.class,
            description = "The last transaction to print.")
    private long to = Long.MAX_VALUE;

    @Option(names = "--path", paramLabel = "PATH", description = "Only what touches this znode or one below it.")
    private @Nullable String path;

    @Option(
            names = "--session",
            paramLabel = "ID",
            converter = ZxidText.class,
            description = "Only what this session did or owns.")
    private @Nullable Long session;

    @Option(names = "--data", description = "Print data too, as hexadecimal digits.")
    private boolean withData;

    @Override
    int run(Storage storage, PrintWriter out) {
        if (snapshot == null) {
            dumpLog(storage, out);
        } else {
            dumpSnapshot(storage, snapshot, out);
        }
        return Main.EXIT_NORMAL;
    }

    private void dumpLog(Storage storage, PrintWriter out) {
        TxnText text = new TxnText(withData);
        try (LogReader reader = storage.log().read(from - 1)) {
            while (reader.next() && reader.zxid() <= to) {
                LoggedTxn logged = StoredState.decode(storage, reader.zxid(), reader.record());
                if (concerns(logged.header(), logged.txn())) {
                    out.println(text.line(logged));
                }
            }
        }
    }

    private boolean concerns(TxnHeader header, Txn txn) {
        return (session == null || session == header.sessionId()) && (path == null || touches(txn, path));
    }

    private static boolean touches(Txn txn, String wanted) {
        if (txn instanceof Txn.Multi multi) {
            return multi.parts().stream().anyMatch(part -> touches(part, wanted));
        }
        if (txn instanceof Txn.CloseSession close) {
            List<String> paths = close.paths();
            return paths != null && paths.stream().anyMatch(each -> isAtOrBelow(each, wanted));
        }
        String touched = TxnText.pathOf(txn);
        return touched != null && isAtOrBelow(touched, wanted);
    }

    private static boolean isAtOrBelow(String each, String wanted) {
        return each.startsWith(wanted)
                && (each.length() == wanted.length() || wanted.endsWith("/") || each.charAt(wanted.length()) == '/');
    }

    private void dumpSnapshot(Storage storage, String which, PrintWriter out) {
        List<Long> zxids = storage.snapshots().zxids();
        if (zxids.isEmpty()) {
            throw new ToolException(place() + " has no snapshot; print the log without --snapshot");
        }
        long zxid = which.equals("newest") ? zxids.get(0) : new ZxidText().convert(which);
        storage.snapshots().read(zxid, new Lines(out));
        out.println("snapshot of " + Zxid.text(zxid) + " is whole");
    }

    private final class Lines implements SnapshotSink {
        private final PrintWriter out;

        Lines(PrintWriter out) {
            this.out = out;
        }

        @Override
        public void session(long id, int timeoutMillis) {
            if (path == null && (session == null || session == id)) {
                out.println("session 0x" + Long.toHexString(id) + " timeout " + timeoutMillis + " ms");
            }
        }

        @Override
        public void node(String each, @Nullable ByteBuffer data, List<Acl> acl, PersistedStat stat) {
            if ((path != null && !isAtOrBelow(each, path)) || (session != null && session != stat.ephemeralOwner())) {
                return;
            }
            StringBuilder line = new StringBuilder(each)
                    .append(" czxid ")
                    .append(Zxid.text(stat.czxid()))
                    .append(" mzxid ")
                    .append(Zxid.text(stat.mzxid()))
                    .append(" pzxid ")
                    .append(Zxid.text(stat.pzxid()))
                    .append(" ctime ")
                    .append(Instant.ofEpochMilli(stat.ctime()))
                    .append(" mtime ")
                    .append(Instant.ofEpochMilli(stat.mtime()))
                    .append(" version ")
                    .append(stat.version())
                    .append(" cversion ")
                    .append(stat.cversion())
                    .append(" aversion ")
                    .append(stat.aversion())
                    .append(" owner 0x")
                    .append(Long.toHexString(stat.ephemeralOwner()))
                    .append(" acl ")
                    .append(TxnText.aclText(acl))
                    .append(" data ")
                    .append(data == null ? "none" : data.remaining() + " bytes");
            if (withData && data != null) {
                byte[] bytes = new byte[data.remaining()];
                data.duplicate().get(bytes);
                line.append(' ').append(TxnText.hex(bytes));
            }
            out.println(line);
        }

        @Override
        public void mayHoldLater(long zxid) {
            out.println("it may hold transactions up to " + Zxid.text(zxid) + " in part");
        }

        @Override
        public void end(@Nullable Long digest) {
            out.println("digest " + (digest == null ? "not known" : digest.toString()));
        }
    }

    /** Reads a number in hexadecimal, as zxids and sessions are written, with or without {@code 0x}. */
    static final class ZxidText implements ITypeConverter<Long> {
        @Override
        public Long convert(String text) {
            try {
                return Long.parseUnsignedLong(text.startsWith("0x") ? text.substring(2) : text, 16);
            } catch (NumberFormatException e) {
                throw new ToolException(text + " is no hexadecimal number, such as 0x1f");
            }
        }
    }
}
