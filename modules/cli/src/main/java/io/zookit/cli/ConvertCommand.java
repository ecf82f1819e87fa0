package io.zookit.cli;

import io.zookit.model.Zxid;
import io.zookit.spi.storage.SnapshotWriter;
import io.zookit.spi.storage.Storage;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/**
 * Copies data from one storage to another: the state as one snapshot, and the small values. What was written is read again and
 * compared before the tool says that it is done; on any failure the target is left as it was.
 */
@Command(
        name = "convert",
        description = "Copy data from one storage into another one, which must be empty. The source is not changed.",
        mixinStandardHelpOptions = true)
final class ConvertCommand implements Callable<Integer> {
    /** The small values that belong to the data, by the names under which servers keep them. */
    private static final List<String> VALUES = List.of("acceptedEpoch", "currentEpoch", "sessionSecret", "unsynced");

    @ParentCommand
    private @Nullable Main main;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FROM", description = "Where the data is: " + Main.PLACE)
    private String from = "";

    @Parameters(index = "1", paramLabel = "TO", description = "Where it goes, in the same form.")
    private String to = "";

    @Override
    public Integer call() {
        Main tools = Console.require(main);
        PrintWriter out = Console.require(spec).commandLine().getOut();
        Place target = Place.parse(to, tools);
        try (Place.Opened source = Place.parse(from, tools).open(tools)) {
            Console.printRepairs(source.storage(), out);
            StoredState state = StoredState.of(source.storage());
            state.remarks().forEach(remark -> out.println("note: " + remark));
            out.println("read " + Zxid.text(state.zxid()) + " from "
                    + source.storage().location());
            out.flush();
            Place.Opened copy = target.openEmpty(tools);
            try {
                write(state, source.storage(), copy.storage(), out);
                compare(state, copy.storage(), out);
                copy.close();
            } catch (RuntimeException e) {
                copy.undo();
                throw e;
            }
        }
        return Main.EXIT_NORMAL;
    }

    private static void write(StoredState state, Storage source, Storage copy, PrintWriter out) {
        Progress progress = new Progress(out, "znodes written");
        try (SnapshotWriter writer = copy.snapshots().write(state.zxid())) {
            state.writeTo(writer, progress);
        }
        for (String name : VALUES) {
            byte[] value = source.values().get(name);
            if (value != null) {
                copy.values().put(name, value);
            }
        }
        progress.end();
    }

    private static void compare(StoredState state, Storage copy, PrintWriter out) {
        StoredState written = StoredState.ofSnapshot(copy.snapshots(), state.zxid());
        boolean equal = written.tree().digest() == state.tree().digest()
                && written.tree().nodeCount() == state.tree().nodeCount()
                && written.tree().approximateDataBytes() == state.tree().approximateDataBytes()
                && written.sessions().equals(state.sessions());
        if (!equal) {
            throw new ToolException("what was written to " + copy.location()
                    + " is read back as something else; it was removed again. Check the disk");
        }
        out.println("compared: " + written.tree().nodeCount() + " znodes, "
                + written.sessions().size() + " sessions, digest "
                + written.tree().digest() + ", now in "
                + copy.location());
        out.flush();
    }
}
