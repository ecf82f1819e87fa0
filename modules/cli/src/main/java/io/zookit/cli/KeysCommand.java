package io.zookit.cli;

import io.zookit.config.Config;
import io.zookit.kernel.Plugins;
import java.io.PrintWriter;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Prints what can stand in a configuration: {@code docs/configuration.md} is what it says of the standard distribution. */
@Command(
        name = "keys",
        description = "Print every key of zoo.cfg and every setting of the installed plugins, as Markdown.",
        mixinStandardHelpOptions = true)
final class KeysCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Main main;

    @Spec
    private @Nullable CommandSpec spec;

    @Override
    public Integer call() {
        PrintWriter out = Console.require(spec).commandLine().getOut();
        Config anyone = Config.builder().build();
        out.print(
                KeyPage.markdown(Plugins.settings(anyone, Console.require(main).pluginSource())));
        out.flush();
        return Main.EXIT_NORMAL;
    }
}
