package io.zookit.cli;

import io.zookit.config.Config;
import io.zookit.config.Problem;
import io.zookit.kernel.Plugins;
import io.zookit.kernel.Surroundings;
import io.zookit.model.Zxid;
import io.zookit.spi.storage.StorageException;
import io.zookit.tree.BrokenSnapshotException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Takes the steps of a server's start one by one and says at which it would fail, why, and what to do. */
@Command(
        name = "doctor",
        description = "Say why a server with this zoo.cfg does not start, and what to do.",
        mixinStandardHelpOptions = true)
final class DoctorCommand implements Callable<Integer> {
    private static final long ROOM_BYTES_MIN = 1L << 30;

    @ParentCommand
    private @Nullable Main main;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "The configuration file of the server.")
    private String file = "";

    private final List<String> findings = new ArrayList<>();

    @Override
    public Integer call() {
        PrintWriter out = Console.require(spec).commandLine().getOut();
        Main tools = Console.require(main);
        List<Problem> problems = CheckConfigCommand.problems(file, tools);
        Problem.errorsOf(problems).forEach(error -> findings.add("configuration: " + error));
        if (findings.isEmpty()) {
            Place place = Place.parse(file, tools);
            place.directories().forEach(directory -> examine(directory, out));
            if (findings.isEmpty()) {
                examineData(place, tools, out);
            }
        }
        findings.forEach(finding -> out.println("FOUND " + finding));
        out.println(findings.isEmpty() ? "nothing was found: a server would start" : "a server would not start");
        out.flush();
        return findings.isEmpty() ? Main.EXIT_NORMAL : Main.EXIT_FINDINGS;
    }

    private void examine(Path directory, PrintWriter out) {
        if (!Files.exists(directory)) {
            out.println(directory + " does not exist yet; a server makes it, unless datadir.autocreate=false");
            return;
        }
        if (!Files.isDirectory(directory) || !Files.isWritable(directory)) {
            findings.add(directory + " is no directory this user (" + owner(directory)
                    + " owns it) may write in. Run as the server's user, or change owner or mode");
            return;
        }
        try {
            long room = Files.getFileStore(directory).getUsableSpace();
            out.println(
                    directory + ": " + (room >> 20) + " MB left" + (room < ROOM_BYTES_MIN ? ", which is little" : ""));
            for (Path each : holdingData(directory)) {
                out.println(each + " holds stored data");
            }
        } catch (IOException e) {
            findings.add(directory + " cannot be examined: " + e);
        }
    }

    private static String owner(Path directory) {
        try {
            return Files.getOwner(directory).getName();
        } catch (IOException | UnsupportedOperationException unknown) {
            return "somebody";
        }
    }

    private static List<Path> holdingData(Path directory) throws IOException {
        List<Path> holding = new ArrayList<>();
        try (Stream<Path> below = Files.list(directory)) {
            for (Path each : below.filter(Files::isDirectory)
                    .filter(Files::isReadable)
                    .sorted()
                    .toList()) {
                try (Stream<Path> files = Files.list(each)) {
                    if (files.anyMatch(name -> name.getFileName().toString().matches("(log|snapshot)\\..+"))) {
                        holding.add(each);
                    }
                }
            }
        }
        return holding;
    }

    private void examineData(Place place, Main tools, PrintWriter out) {
        try (Place.Opened opened = place.open(tools)) {
            Console.printRepairs(opened.storage(), out);
            StoredState state = StoredState.of(opened.storage());
            state.remarks().forEach(remark -> out.println("note: " + remark));
            out.println("state: " + Zxid.text(state.zxid()) + ", "
                    + state.tree().nodeCount() + " znodes, " + state.sessions().size() + " sessions, from "
                    + opened.storage().location());
        } catch (ToolException nothingThere) {
            explainEmptiness(place, tools);
        } catch (StorageException | BrokenSnapshotException e) {
            findings.add("data: " + e.getMessage());
        }
    }

    /** A new server starts empty; but not beside data of another storage. */
    private void explainEmptiness(Place place, Main tools) {
        Config config = place.config();
        String storage = Plugins.loadStorage(config, tools.pluginSource(), Surroundings.ofMachine("tool"))
                .location();
        for (Path directory : place.directories()) {
            try {
                List<Path> others = Files.isDirectory(directory) ? holdingData(directory) : List.of();
                for (Path other : others) {
                    findings.add(other + " holds data, but the configured storage keeps its own in " + storage
                            + ", where there is none. Choose the storage that wrote it (plugin.storage), or convert it:"
                            + " zkTool.sh convert");
                }
            } catch (IOException e) {
                findings.add(directory + " cannot be examined: " + e);
            }
        }
    }
}
