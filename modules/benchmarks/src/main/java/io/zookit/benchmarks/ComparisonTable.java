package io.zookit.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** Collects the results of all rounds and prints, for each scenario, the median of each figure and its ratio to the reference. */
final class ComparisonTable {
    private static final String ROW = "| %-20s | %-8s | %,9.0f | %5s | %6.2f | %5s | %7.0f | %7.0f | %4.2f%s |%n";

    private final Map<Scenario, Map<String, List<LoadResult>>> results = new LinkedHashMap<>();

    void add(Scenario scenario, String server, LoadResult result) {
        results.computeIfAbsent(scenario, key -> new LinkedHashMap<>())
                .computeIfAbsent(server, key -> new ArrayList<>())
                .add(result);
    }

    /**
     * The table.
     *
     * @param reference the server the ratios are to; without results of it they are left out
     */
    String print(String reference) {
        StringBuilder text = new StringBuilder("""
                | scenario | server | op/s | times | CPU us/op | less | p50 us | p99 us | driver |
                |---|---|---:|---:|---:|---:|---:|---:|---:|
                """);
        results.forEach((scenario, servers) -> servers.forEach(
                (name, own) -> text.append(row(scenario, name, own, servers.getOrDefault(reference, List.of())))));
        return text.append("""
                        times: its throughput by %s's. less: %s's processor time by its. All figures are medians of the rounds.
                        driver: the driver's share of a core; with "void" beside it the throughput may be the driver's limit.
                        """.formatted(reference, reference)).toString();
    }

    private static String row(Scenario scenario, String name, List<LoadResult> own, List<LoadResult> reference) {
        double throughput = median(own, LoadResult::throughput);
        double cpu = median(own, LoadResult::serverCpuMicros);
        return ROW.formatted(
                scenario.title(),
                name,
                throughput,
                ratio(throughput, median(reference, LoadResult::throughput)),
                cpu,
                ratio(median(reference, LoadResult::serverCpuMicros), cpu),
                median(own, LoadResult::p50Micros),
                median(own, LoadResult::p99Micros),
                median(own, LoadResult::driverCoreShare),
                own.stream().anyMatch(LoadResult::throughputIsVoid) ? " void" : "");
    }

    private static String ratio(double dividend, double divisor) {
        return Double.isNaN(dividend / divisor) ? "-" : "%.2f".formatted(dividend / divisor);
    }

    /** Not a number when there are no results. */
    static double median(List<LoadResult> results, ToDoubleFunction<LoadResult> figure) {
        if (results.isEmpty()) {
            return Double.NaN;
        }
        double[] sorted = results.stream().mapToDouble(figure).sorted().toArray();
        return (sorted[sorted.length / 2] + sorted[(sorted.length - 1) / 2]) / 2;
    }
}
