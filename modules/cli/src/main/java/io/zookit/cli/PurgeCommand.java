package io.zookit.cli;

import io.zookit.model.Zxid;
import io.zookit.spi.storage.Storage;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Deletes old snapshots, and the log before the oldest that stays. Only snapshots that were read and found sound count. */
@Command(
        name = "purge",
        description = "Delete all but the newest sound snapshots, and the log that only the deleted ones need.",
        mixinStandardHelpOptions = true)
final class PurgeCommand extends DataCommand {
    private static final int RETAINED_MIN = 3;

    @Option(
            names = "-n",
            paramLabel = "COUNT",
            defaultValue = "3",
            description = "How many snapshots stay: at least 3.")
    private int count = RETAINED_MIN;

    @Override
    void checkOptions() {
        if (count < RETAINED_MIN) {
            throw new ToolException("-n " + count + ": at least " + RETAINED_MIN + " snapshots stay");
        }
    }

    @Override
    int run(Storage storage, PrintWriter out) {
        long oldest = storage.snapshots().retain(count);
        if (oldest > 0) {
            storage.log().purgeBefore(oldest + 1);
        }
        List<String> left = storage.snapshots().zxids().stream().map(Zxid::text).toList();
        out.println("left: snapshots " + left + ", log from "
                + Zxid.text(storage.log().firstZxid()));
        return Main.EXIT_NORMAL;
    }
}
