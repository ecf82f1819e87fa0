package io.zookit.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The processor time of each thread of a process, read from Linux's {@code /proc}; empty on other systems.
 *
 * @param threads by the number the system gives them
 */
record ThreadTimes(Map<Long, ThreadTime> threads) {
    /** Of no thread. */
    static final ThreadTimes NONE = new ThreadTimes(Map.of());

    /** Linux shows these times to programs in hundredths of a second on every machine Java runs on. */
    private static final double MICROS_PER_TICK = 10_000;

    private static final int USER_FIELD = 11;
    private static final int SYSTEM_FIELD = 12;

    /** A line of a thread dump: the name, and the system's number in the form of this or of that Java version. */
    private static final Pattern DUMP_LINE =
            Pattern.compile("^\"(.*)\" .*\\bnid=(0x[0-9a-f]+|\\d+)", Pattern.MULTILINE);

    private static final String HEADER = """
            | thread | user us/op | system us/op |
            |---|---:|---:|
            """;

    /** Keeps a copy. */
    ThreadTimes {
        threads = Map.copyOf(threads);
    }

    static ThreadTimes now(long process, JavaProgram java) throws IOException, InterruptedException {
        Path tasks = Path.of("/proc", Long.toString(process), "task");
        if (!Files.isDirectory(tasks)) {
            return NONE;
        }
        Map<Long, String> names = names(java.jcmd(process, "Thread.print"));
        Map<Long, ThreadTime> threads = new HashMap<>();
        try (Stream<Path> directories = Files.list(tasks)) {
            for (Path directory : directories.toList()) {
                Path stat = directory.resolve("stat");
                if (Files.exists(stat)) {
                    long id = Long.parseLong(String.valueOf(directory.getFileName()));
                    threads.put(id, ThreadTime.parse(names.get(id), Files.readString(stat)));
                }
            }
        }
        return new ThreadTimes(threads);
    }

    static Map<Long, String> names(String dump) {
        Map<Long, String> names = new HashMap<>();
        Matcher matcher = DUMP_LINE.matcher(dump);
        while (matcher.find()) {
            names.put(Long.decode(matcher.group(2)), matcher.group(1));
        }
        return names;
    }

    /** A table of the threads that had a hundredth of the time or more since {@code begin}, for each of so many operations. */
    String since(ThreadTimes begin, long operations) {
        Map<String, ThreadTime> spent = new HashMap<>();
        threads.forEach((id, time) -> spent.merge(time.name, time.minus(begin.threads.get(id)), ThreadTime::plus));
        double total =
                spent.values().stream().mapToDouble(ThreadTime::totalMicros).sum();
        StringBuilder text = new StringBuilder(HEADER);
        List<ThreadTime> busiest = spent.values().stream()
                .sorted(Comparator.comparingDouble(ThreadTime::totalMicros).reversed())
                .filter(time -> time.totalMicros() >= total / 100)
                .toList();
        for (ThreadTime time : busiest) {
            text.append("| %s | %.2f | %.2f |%n"
                    .formatted(time.name, time.userMicros / operations, time.systemMicros / operations));
        }
        return text.toString();
    }

    /** The time of one thread, or of several of one name, in microseconds. */
    record ThreadTime(String name, double userMicros, double systemMicros) {
        /**
         * Reads the line of a thread.
         *
         * @param name what Java calls it, {@code null} when it does not know it: then the system's name is taken
         */
        static ThreadTime parse(@Nullable String name, String line) {
            int nameEnd = line.lastIndexOf(')');
            String[] fields = line.substring(nameEnd + 2).split(" ", -1);
            return new ThreadTime(
                    name != null ? name : line.substring(line.indexOf('(') + 1, nameEnd),
                    Long.parseLong(fields[USER_FIELD]) * MICROS_PER_TICK,
                    Long.parseLong(fields[SYSTEM_FIELD]) * MICROS_PER_TICK);
        }

        double totalMicros() {
            return userMicros + systemMicros;
        }

        ThreadTime plus(ThreadTime other) {
            return new ThreadTime(name, userMicros + other.userMicros, systemMicros + other.systemMicros);
        }

        /** Without what was spent before; a thread that is new had spent nothing. */
        ThreadTime minus(@Nullable ThreadTime before) {
            return before == null
                    ? this
                    : new ThreadTime(name, userMicros - before.userMicros, systemMicros - before.systemMicros);
        }
    }
}
