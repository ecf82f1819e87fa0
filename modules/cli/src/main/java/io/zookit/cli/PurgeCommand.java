package io.zookit.cli;

import io.zookit.model.Zxid;
import io.zookit.spi.storage.Storage;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Deletes old snapshots, and the log before the oldest that stays. Only snapshots that were read and found sound count. */
@Command(
        name = "purge",
        description = "Delete all but the newest sound snapshots, and the log that only the deleted ones need.",
        mixinStandardHelpOptions = true)
final class PurgeCommand implements Callable<Integer> {
    private static final int RETAINED_MIN = 3;

    @ParentCommand
    private @Nullable Main main;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "PLACE", description = "Where the data is: " + Main.PLACE)
    private String place = "";

    @Option(
            names = "-n",
            paramLabel = "COUNT",
            defaultValue = "3",
            description = "How many snapshots stay: at least 3.")
    private int count = RETAINED_MIN;

    @Override
    public Integer call() {
        if (count < RETAINED_MIN) {
            throw new ToolException("-n " + count + ": at least " + RETAINED_MIN + " snapshots stay");
        }
        PrintWriter out = Console.require(spec).commandLine().getOut();
        Main tools = Console.require(main);
        try (Place.Opened opened = Place.parse(place, tools).open(tools)) {
            Storage storage = opened.storage();
            Console.printRepairs(storage, out);
            long oldest = storage.snapshots().retain(count);
            if (oldest > 0) {
                storage.log().purgeBefore(oldest + 1);
            }
            List<String> left =
                    storage.snapshots().zxids().stream().map(Zxid::text).toList();
            out.println("left: snapshots " + left + ", log from "
                    + Zxid.text(storage.log().firstZxid()));
            out.flush();
        }
        return Main.EXIT_NORMAL;
    }
}
