package io.zookit.cli;

import io.zookit.model.EphemeralOwner;
import io.zookit.model.Zxid;
import io.zookit.spi.storage.Storage;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Says how much there is, and where most of it. */
@Command(
        name = "summary",
        description =
                "Count what is stored: znodes by kind, sizes, sessions, the largest znodes and lists of children.",
        mixinStandardHelpOptions = true)
final class SummaryCommand extends DataCommand {
    private static final int NODES_PER_STEP = 10_000;

    @Option(names = "--top", paramLabel = "N", defaultValue = "10", description = "How many of the largest: 0 to 1000.")
    private int top = 10;

    private record Sized(String path, long size) {}

    private final List<Sized> byChildren = new ArrayList<>();
    private final List<Sized> byData = new ArrayList<>();
    private long dataBytes;

    @Override
    void checkOptions() {
        if (top < 0 || top > 1_000) {
            throw new ToolException("--top " + top + ": expected 0 to 1000");
        }
    }

    @Override
    int run(Storage storage, PrintWriter out) {
        StoredState state = StoredState.of(storage);
        state.remarks().forEach(remark -> out.println("note: " + remark));
        walk(state);
        print(state, storage.snapshots().zxids().size(), out);
        return Main.EXIT_NORMAL;
    }

    private void walk(StoredState state) {
        var walk = state.tree().startWalk((path, content, dataOffset, dataLength, acl, stat) -> {
            dataBytes += Math.max(0, dataLength);
            keep(byData, path, Math.max(0, dataLength));
            if (!EphemeralOwner.isSession(stat.ephemeralOwner())) {
                var node = state.tree().find(path);
                keep(byChildren, path, node == null ? 0 : node.childCount());
            }
        });
        boolean complete = false;
        while (!complete) {
            complete = walk.step(NODES_PER_STEP);
        }
    }

    private void keep(List<Sized> largest, String path, long size) {
        if (size > 0
                && (largest.size() < top
                        || (top > 0 && size > largest.get(top - 1).size()))) {
            largest.add(new Sized(path, size));
            largest.sort(Comparator.comparingLong(Sized::size).reversed().thenComparing(Sized::path));
            if (largest.size() > top) {
                largest.remove(top);
            }
        }
    }

    private void print(StoredState state, int snapshots, PrintWriter out) {
        var tree = state.tree();
        line(out, "last zxid", Zxid.text(state.zxid()));
        line(out, "snapshots", Integer.toString(snapshots));
        line(out, "transactions after the newest", Long.toString(state.replayed()));
        line(out, "sessions", Integer.toString(state.sessions().size()));
        line(out, "znodes", Integer.toString(tree.nodeCount()));
        line(out, "  ephemeral", Integer.toString(tree.ephemeralCount()));
        line(out, "  containers", Integer.toString(tree.containers().size()));
        line(out, "  with a time to live", Integer.toString(tree.ttlZnodes().size()));
        line(out, "bytes of data", Long.toString(dataBytes));
        line(out, "bytes of data and paths", Long.toString(tree.approximateDataBytes()));
        line(out, "access lists", Integer.toString(tree.aclCount()));
        line(out, "digest", Long.toString(tree.digest()));
        out.println("most children:");
        byChildren.forEach(each -> out.println("  " + each.size() + " " + each.path()));
        out.println("most data, in bytes:");
        byData.forEach(each -> out.println("  " + each.size() + " " + each.path()));
    }

    private static void line(PrintWriter out, String name, String value) {
        out.println(name + ": " + value);
    }
}
