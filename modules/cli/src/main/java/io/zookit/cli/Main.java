package io.zookit.cli;

import io.zookit.config.Config;
import io.zookit.kernel.PluginSource;
import io.zookit.kernel.StartException;
import io.zookit.spi.storage.StorageException;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command line of the tools. What {@code bin/zkTool.sh} starts. */
@Command(
        name = "zkTool.sh",
        description = "Tools for stored data and configurations. Stop the server first: a tool takes the same lock.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = {
            ConvertCommand.class,
            DumpCommand.class,
            VerifyCommand.class,
            SummaryCommand.class,
            PurgeCommand.class,
            CheckConfigCommand.class,
            DoctorCommand.class,
            KeysCommand.class
        })
public final class Main {
    /** Done, and nothing was found wrong. */
    static final int EXIT_NORMAL = 0;
    /** Done, and something was found wrong; or failed for a reason nobody foresaw. */
    static final int EXIT_FINDINGS = 1;
    /** The command line, the configuration or a plugin is wrong. */
    static final int EXIT_INVALID = 2;
    /** The data cannot be used. */
    static final int EXIT_NO_DATA_ACCESS = 3;

    /** How a command says where data is. */
    static final String PLACE = "a zoo.cfg, or STORAGE:DATADIR[,DATALOGDIR] such as files:/var/lib/zookeeper";

    /** Where the scripts say that the plugins are. */
    private static final String PLUGINS_PROPERTY = "zookit.plugins";

    @Option(names = "--plugins", paramLabel = "DIR", description = "Where the plugins are, one directory for each.")
    private @Nullable Path plugins;

    private final Map<String, String> properties;

    Main(Map<String, String> properties) {
        this.properties = properties;
    }

    /** Runs a tool and ends the process with its exit code. */
    public static void main(String[] args) {
        System.exit(commandLine(Config.processProperties()).execute(args));
    }

    /** The command line, for a process or a test. */
    static CommandLine commandLine(Map<String, String> properties) {
        CommandLine line = new CommandLine(new Main(properties));
        line.setExecutionExceptionHandler((failure, command, parsed) -> {
            command.getErr().println(failure.getMessage() == null ? failure.toString() : failure.getMessage());
            command.getErr().flush();
            return exitCode(failure);
        });
        return line;
    }

    private static int exitCode(Exception failure) {
        if (failure instanceof StartException) {
            return EXIT_INVALID;
        }
        return failure instanceof StorageException || failure instanceof ToolException
                ? EXIT_NO_DATA_ACCESS
                : EXIT_FINDINGS;
    }

    /** The properties of the process. */
    Map<String, String> properties() {
        return properties;
    }

    /** Where plugins come from, found as the server finds them. */
    PluginSource pluginSource() {
        String given = properties.get(PLUGINS_PROPERTY);
        if (plugins != null) {
            return PluginSource.directories(plugins);
        }
        return given == null
                ? PluginSource.services(Main.class.getClassLoader())
                : PluginSource.directories(Path.of(given));
    }
}
