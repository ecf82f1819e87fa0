package io.zookit.cli;

import io.zookit.spi.storage.Storage;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** A command on the data of one place, which is open while it works. */
abstract class DataCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Main main;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "PLACE", description = "Where the data is: " + Main.PLACE)
    private String place = "";

    /**
     * Does the work.
     *
     * @return the exit code
     */
    abstract int run(Storage storage, PrintWriter out);

    /**
     * Looks at the options before anything is touched.
     *
     * @throws ToolException when one of them is wrong
     */
    void checkOptions() {}

    /** The place as it was written. */
    final String place() {
        return place;
    }

    @Override
    public final Integer call() {
        checkOptions();
        PrintWriter out = Console.require(spec).commandLine().getOut();
        Main tools = Console.require(main);
        try (Place.Opened opened = Place.parse(place, tools).open(tools)) {
            Console.printRepairs(opened.storage(), out);
            return run(opened.storage(), out);
        } finally {
            out.flush();
        }
    }
}
