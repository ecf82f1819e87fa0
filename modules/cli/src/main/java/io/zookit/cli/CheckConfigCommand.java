package io.zookit.cli;

import io.zookit.config.Config;
import io.zookit.config.Problem;
import io.zookit.kernel.Plugins;
import io.zookit.kernel.Surroundings;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ParentCommand;
import picocli.CommandLine.Spec;

/** Says everything a server would say about its configuration, without starting one. */
@Command(
        name = "check-config",
        description = "Check a zoo.cfg and the plugins it chooses: every finding with file and line. Writes nothing.",
        mixinStandardHelpOptions = true)
final class CheckConfigCommand implements Callable<Integer> {
    @ParentCommand
    private @Nullable Main main;

    @Spec
    private @Nullable CommandSpec spec;

    @Parameters(index = "0", paramLabel = "FILE", description = "The configuration file.")
    private String file = "";

    @Override
    public Integer call() {
        PrintWriter out = Console.require(spec).commandLine().getOut();
        Main tools = Console.require(main);
        List<Problem> problems = problems(file, tools);
        print(problems, out);
        return Problem.errorsOf(problems).isEmpty() ? Main.EXIT_NORMAL : Main.EXIT_INVALID;
    }

    static List<Problem> problems(String file, Main tools) {
        Config config = Config.read(List.of(file), tools.properties());
        return Plugins.check(config, tools.pluginSource(), Surroundings.ofMachine("tool"));
    }

    static void print(List<Problem> problems, PrintWriter out) {
        for (Problem problem : problems) {
            out.println(problem.severity() + " " + problem.message());
        }
        int errors = Problem.errorsOf(problems).size();
        out.println(errors == 0 ? "a server would start with it" : "a server would not start: " + errors + " errors");
        out.flush();
    }
}
