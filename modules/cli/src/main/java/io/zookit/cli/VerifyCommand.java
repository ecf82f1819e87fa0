package io.zookit.cli;

import io.zookit.model.Zxid;
import io.zookit.spi.storage.LogReader;
import io.zookit.spi.storage.Storage;
import io.zookit.spi.storage.StorageException;
import io.zookit.tree.BrokenSnapshotException;
import java.io.PrintWriter;
import picocli.CommandLine.Command;

/** Reads everything there is and compares every checksum and digest. */
@Command(
        name = "verify",
        description = "Check every checksum of every snapshot and of the log, then whether a server would start.",
        mixinStandardHelpOptions = true)
final class VerifyCommand extends DataCommand {
    private int findings;

    @Override
    int run(Storage storage, PrintWriter out) {
        for (long zxid : storage.snapshots().zxids()) {
            check(out, "snapshot of " + Zxid.text(zxid), () -> {
                StoredState state = StoredState.ofSnapshot(storage.snapshots(), zxid);
                return state.tree().nodeCount() + " znodes, " + state.sessions().size() + " sessions";
            });
        }
        check(out, "log", () -> readLog(storage));
        check(out, "state", () -> {
            StoredState state = StoredState.of(storage);
            state.remarks().forEach(remark -> out.println("note: " + remark));
            return Zxid.text(state.zxid()) + ", " + state.tree().nodeCount() + " znodes, digest "
                    + state.tree().digest();
        });
        return findings == 0 ? Main.EXIT_NORMAL : Main.EXIT_FINDINGS;
    }

    private static String readLog(Storage storage) {
        long count = 0;
        try (LogReader reader = storage.log().read(-1)) {
            while (reader.next()) {
                StoredState.decode(storage, reader.zxid(), reader.record());
                count++;
            }
        }
        return count + " transactions"
                + (count == 0
                        ? ""
                        : " from " + Zxid.text(storage.log().firstZxid()) + " to "
                                + Zxid.text(storage.log().lastZxid()));
    }

    private interface Reading {
        String run();
    }

    private void check(PrintWriter out, String what, Reading reading) {
        try {
            out.println(what + ": sound, " + reading.run());
        } catch (StorageException | BrokenSnapshotException e) {
            findings++;
            out.println(what + ": NOT SOUND: " + e.getMessage());
        }
        out.flush();
    }
}
