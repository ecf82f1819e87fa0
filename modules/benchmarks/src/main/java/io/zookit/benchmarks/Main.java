package io.zookit.benchmarks;

import java.io.IOException;
import java.util.List;

/** The command line: progress goes to standard error, tables to standard output. Exit code 2 for words not understood. */
final class Main {
    private static final int ENSEMBLE_SIZE = 3;

    private Main() {}

    /** Runs what the words ask for. */
    public static void main(String[] words) throws IOException, InterruptedException {
        if (List.of(words).contains("--help")) {
            System.out.print(BenchmarkOptions.USAGE);
            return;
        }
        JavaProgram java = JavaProgram.running();
        BenchmarkOptions options;
        try {
            options = BenchmarkOptions.parse(List.of(words), java);
        } catch (IllegalArgumentException notUnderstood) {
            System.err.println(notUnderstood.getMessage());
            System.exit(2);
            return;
        }
        String report =
                switch (options.mode()) {
                    case COMPARE -> compare(options, 1);
                    case ENSEMBLE -> compare(options, ENSEMBLE_SIZE);
                    case FAILOVER -> new FailoverTrial(options, System.err).run();
                    case MEMORY -> new MemoryTrial(options, java, System.err).run();
                    case SESSIONS -> new SessionTrial(options, java, System.err).run();
                    case PROFILE -> new ProfileTrial(options, java, 1, System.err).run();
                    case ENSEMBLE_PROFILE -> new ProfileTrial(options, java, ENSEMBLE_SIZE, System.err).run();
                };
        System.out.println(report);
    }

    private static String compare(BenchmarkOptions options, int servers) throws IOException, InterruptedException {
        return new Comparison(options, command -> ServerGroup.start(command, options.directory(), servers), System.err)
                .run();
    }
}
