package io.zookit.cli;

import io.zookit.spi.storage.Storage;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/** What commands share in how they talk. */
final class Console {
    private Console() {}

    /** What picocli has filled in before it calls a command. */
    static <T> T require(@Nullable T filledIn) {
        if (filledIn == null) {
            throw new IllegalStateException("picocli fills in the fields before it calls");
        }
        return filledIn;
    }

    static void printRepairs(Storage storage, PrintWriter out) {
        storage.repairs().forEach(repair -> out.println("repaired: " + repair));
        out.flush();
    }
}
