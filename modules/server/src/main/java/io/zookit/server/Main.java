package io.zookit.server;

import io.zookit.config.Config;
import io.zookit.kernel.PluginSource;
import io.zookit.kernel.Plugins;
import io.zookit.kernel.StartException;
import io.zookit.spi.storage.StorageException;
import io.zookit.spi.transport.TransportException;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The command line of the server: what the scripts of a distribution start. A plain start, with a configuration and no option, does
 * without the reader of command lines, which would take a seventh of the time until clients are accepted.
 */
public final class Main {
    /** Stopped as asked. */
    static final int EXIT_NORMAL = 0;
    /** Failed for a reason nobody foresaw. */
    static final int EXIT_UNEXPECTED = 1;
    /** The command line, the configuration or a plugin is wrong. */
    static final int EXIT_INVALID = 2;
    /** The data directory cannot be used. */
    static final int EXIT_NO_DATA_ACCESS = 3;

    /** Where the scripts say that the plugins are. */
    private static final String PLUGINS_PROPERTY = "zookit.plugins";

    private static final int DEFAULT_CLIENT_PORT = 2181;
    /** Client port, data directory, tick time and connections per address. */
    private static final int ARGUMENTS_MAX = 4;

    private Main() {}

    /** Runs the server until it is stopped, and ends the process with the exit code. */
    public static void main(String[] args) {
        System.exit(isPlainStart(args) ? start(List.of(args)) : Options.execute(args));
    }

    /** Options begin with a dash, files with further arguments with an at sign. */
    private static boolean isPlainStart(String[] args) {
        return args.length >= 1
                && args.length <= ARGUMENTS_MAX
                && Stream.of(args).noneMatch(each -> each.isEmpty() || each.startsWith("-") || each.startsWith("@"));
    }

    private static int start(List<String> arguments) {
        try {
            Map<String, String> properties = Config.processProperties();
            serve(Config.read(arguments, properties), pluginSource(null, properties));
            return EXIT_NORMAL;
        } catch (RuntimeException failure) {
            System.err.println(failure.getMessage());
            return exitCode(failure);
        }
    }

    private static int exitCode(Exception failure) {
        if (failure instanceof StartException || failure instanceof TransportException) {
            return EXIT_INVALID;
        }
        if (failure instanceof DataDirectoryException || failure instanceof StorageException) {
            return EXIT_NO_DATA_ACCESS;
        }
        return EXIT_UNEXPECTED;
    }

    private static PluginSource pluginSource(@Nullable Path plugins, Map<String, String> properties) {
        String given = properties.get(PLUGINS_PROPERTY);
        if (plugins != null) {
            return PluginSource.directories(plugins);
        }
        return given == null
                ? PluginSource.services(Main.class.getClassLoader())
                : PluginSource.directories(Path.of(given));
    }

    private static void serve(Config config, PluginSource source) {
        ZookitServer server = ZookitServer.start(config, source);
        Runtime.getRuntime().addShutdownHook(new Thread(server::close, "zookit-shutdown"));
        server.awaitStop();
    }

    /** Everything that can be said with options. */
    @Command(
            name = "zookit",
            description = "A coordination server that speaks ZooKeeper's protocols and zoo.cfg.",
            sortOptions = false,
            mixinStandardHelpOptions = true,
            versionProvider = ServerVersion.class)
    static final class Options implements Callable<Integer> {
        @Spec
        private @Nullable CommandSpec spec;

        @Option(names = "--plugins", paramLabel = "DIR", description = "Where the plugins are, one directory for each.")
        private @Nullable Path plugins;

        @Option(names = "--list-plugins", description = "Print the installed plugins and which are chosen, and end.")
        private boolean listPlugins;

        @Option(
                names = "--word",
                paramLabel = "WORD",
                description = "Ask a running server a four-letter word, and end.")
        private @Nullable String word;

        @Option(
                names = "--host",
                paramLabel = "HOST",
                defaultValue = "127.0.0.1",
                description = "Whom to ask, with --word.")
        private String host = "127.0.0.1";

        @Option(
                names = "--port",
                paramLabel = "PORT",
                defaultValue = "" + DEFAULT_CLIENT_PORT,
                description = "Where, with --word.")
        private int port = DEFAULT_CLIENT_PORT;

        @Parameters(
                paramLabel = "CONFIG",
                arity = "0..4",
                description =
                        "The configuration file; or client port, data directory, tick time and connections per address.")
        private List<String> arguments = new ArrayList<>();

        private Options() {}

        static int execute(String[] args) {
            CommandLine line = new CommandLine(new Options());
            line.setExecutionExceptionHandler((failure, command, parsed) -> {
                command.getErr().println(failure.getMessage());
                return exitCode(failure);
            });
            return line.execute(args);
        }

        @Override
        public Integer call() throws IOException {
            PrintWriter out = spec().commandLine().getOut();
            if (word != null) {
                out.print(FourLetterWord.ask(host, port, word));
                out.flush();
                return EXIT_NORMAL;
            }
            Map<String, String> properties = Config.processProperties();
            PluginSource source = pluginSource(plugins, properties);
            if (listPlugins) {
                Config config = arguments.isEmpty() ? Config.builder().build() : Config.read(arguments, properties);
                PluginTable.print(Plugins.list(config, source), out);
                return EXIT_NORMAL;
            }
            if (arguments.isEmpty()) {
                spec().commandLine().usage(spec().commandLine().getErr());
                return EXIT_INVALID;
            }
            serve(Config.read(arguments, properties), source);
            return EXIT_NORMAL;
        }

        private CommandSpec spec() {
            if (spec == null) {
                throw new IllegalStateException("picocli sets the spec before it calls");
            }
            return spec;
        }
    }
}
