package io.zookit.benchmarks;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.benchmarks.ThreadTimes.ThreadTime;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReportsTest {
    private static final Scenario SCENARIO = Scenario.parse("set-1k-4x2");

    @Test
    void theTableShowsMediansAndRatiosToTheReference() {
        ComparisonTable table = new ComparisonTable();
        for (double throughput : new double[] {900, 100, 200}) {
            table.add(SCENARIO, "fast", result(throughput, 2, 0.1));
            table.add(SCENARIO, "apache", result(throughput / 4, 10, 0.1));
        }
        String fast = line(table, "fast");
        assertTrue(fast.contains("set 1024 B, 4x2"), fast);
        assertTrue(fast.contains("|       200 |  4.00 |   2.00 |  5.00 |"), fast);
        assertTrue(line(table, "apache").contains("|        50 |  1.00 |  10.00 |  1.00 |"), line(table, "apache"));
        assertFalse(fast.contains("void"), fast);
    }

    @Test
    void oneRoundLimitedByTheDriverMakesTheThroughputVoid() {
        ComparisonTable table = new ComparisonTable();
        table.add(SCENARIO, "fast", result(100, 1, 0.2));
        table.add(SCENARIO, "fast", result(100, 1, 0.81));
        assertTrue(line(table, "fast").endsWith("void |"), line(table, "fast"));
    }

    @Test
    void withoutTheReferenceThereAreNoRatios() {
        ComparisonTable table = new ComparisonTable();
        table.add(SCENARIO, "fast", result(100, 1, 0.2));
        assertTrue(line(table, "fast").contains("|     - |"), line(table, "fast"));
    }

    @Test
    void anEvenNumberOfRoundsHasTheMeanOfTheMiddleTwo() {
        List<LoadResult> results = List.of(result(1, 0, 0), result(5, 0, 0), result(2, 0, 0), result(100, 0, 0));
        assertEquals(3.5, ComparisonTable.median(results, LoadResult::throughput));
    }

    @Test
    void threadNamesAreReadFromTheDumpsOfOldAndNewJava() {
        String dump = "\"main [x]\" #1 prio=5 cpu=1ms tid=0x7f nid=0x1f waiting\n   at a.b\n"
                + "\"GC Thread#0\" os_prio=0 cpu=9.86ms tid=0x7f nid=77 runnable\n";
        assertEquals(Map.of(31L, "main [x]", 77L, "GC Thread#0"), ThreadTimes.names(dump));
    }

    @Test
    void threadTimesAreDifferencesAndThreadsOfOneNameAreOne() {
        ThreadTimes begin = new ThreadTimes(Map.of(1L, new ThreadTime("loop", 100, 10)));
        ThreadTimes end = new ThreadTimes(Map.of(
                1L, new ThreadTime("loop", 300, 20),
                2L, new ThreadTime("loop", 50, 40),
                3L, new ThreadTime("idle", 1, 1)));
        String table = end.since(begin, 10);
        assertTrue(table.contains("| loop | 25.00 | 5.00 |"), table);
        assertFalse(table.contains("idle"), table);
    }

    @Test
    void aThreadsLineIsReadBehindItsNameWhateverThatHolds() {
        String line = "42 (a) b) c) S 1 1 1 0 -1 4194368 1 0 0 0 7 5 0 0 20 0 1 0";
        assertEquals(new ThreadTime("a) b) c", 70_000, 50_000), ThreadTime.parse(null, line));
        assertEquals("known", ThreadTime.parse("known", line).name());
    }

    @Test
    void topFramesAreSharesOfAllSamplesOfTheirKind() {
        TopFrames frames = new TopFrames();
        for (int count = 0; count < 3; count++) {
            frames.add("jdk.ExecutionSample", "replica", "Tree.find");
        }
        frames.add("jdk.ExecutionSample", "loop", "Codec.read");
        String report = frames.print();
        assertTrue(report.contains("4 samples"), report);
        assertTrue(report.contains("75.0 %  replica"), report);
        assertTrue(report.contains("25.0 %  Codec.read"), report);
        assertTrue(report.contains("Native frames, waits left out: 0 samples"), report);
    }

    private static String line(ComparisonTable table, String server) {
        return table.print("apache")
                .lines()
                .filter(line -> line.contains("| " + server + " "))
                .findFirst()
                .orElseThrow();
    }

    private static LoadResult result(double throughput, double cpu, double driver) {
        return new LoadResult(100, throughput, cpu, 10, 20, 30, 40, driver);
    }
}
