package io.zookit.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordedMethod;
import jdk.jfr.consumer.RecordedStackTrace;
import jdk.jfr.consumer.RecordedThread;
import jdk.jfr.consumer.RecordingFile;

/**
 * How often each frame was seen on top of a thread's stack. The recorder samples Java code and native code at different periods, so
 * the two are counted apart and shares are good within one of them only.
 */
final class TopFrames {
    private static final String JAVA_SAMPLE = "jdk.ExecutionSample";
    private static final String NATIVE_SAMPLE = "jdk.NativeMethodSample";

    /** Native methods in which a thread waits and costs nothing. */
    private static final Pattern WAITING = Pattern.compile("epollWait.*|wait0?|accept0?|poll0?|waitForProcessExit0");

    private static final Pattern SERVER_CODE = Pattern.compile("(io\\.zookit|org\\.apache\\.zookeeper)\\..*");
    private static final int THREADS_MAX = 8;
    private static final int FRAMES_MAX = 12;
    private static final double SMALLEST_SHARE = 0.01;

    /** By kind of sample, then thread, then frame. */
    private final Map<String, Map<String, Map<String, Integer>>> samples = new HashMap<>();

    /**
     * Counts the samples of a recording.
     *
     * @throws IOException when the file is no recording
     */
    static TopFrames read(Path recording) throws IOException {
        TopFrames frames = new TopFrames();
        try (RecordingFile file = new RecordingFile(recording)) {
            while (file.hasMoreEvents()) {
                frames.take(file.readEvent());
            }
        }
        return frames;
    }

    /** The report. */
    String print() {
        return section("Java frames", JAVA_SAMPLE) + section("Native frames, waits left out", NATIVE_SAMPLE);
    }

    private void take(RecordedEvent event) {
        String kind = event.getEventType().getName();
        if (!kind.equals(JAVA_SAMPLE) && !kind.equals(NATIVE_SAMPLE)) {
            return;
        }
        RecordedStackTrace stack = event.getStackTrace();
        RecordedThread thread = event.getThread("sampledThread");
        if (stack != null && thread != null && !stack.getFrames().isEmpty()) {
            List<RecordedFrame> frames = stack.getFrames();
            if (!WAITING.matcher(frames.get(0).getMethod().getName()).matches()) {
                add(kind, String.valueOf(thread.getJavaName()), frame(frames));
            }
        }
    }

    void add(String kind, String thread, String frame) {
        samples.computeIfAbsent(kind, key -> new HashMap<>())
                .computeIfAbsent(thread, key -> new HashMap<>())
                .merge(frame, 1, Integer::sum);
    }

    /** The top frame and, where that is a library's, the server's own code that called it. */
    private static String frame(List<RecordedFrame> frames) {
        String top = name(frames.get(0).getMethod());
        return frames.stream()
                .map(frame -> name(frame.getMethod()))
                .filter(name -> SERVER_CODE.matcher(name).matches())
                .findFirst()
                .filter(own -> !own.equals(top))
                .map(own -> top + " < " + own)
                .orElse(top);
    }

    private static String name(RecordedMethod method) {
        return method.getType().getName() + "." + method.getName();
    }

    private String section(String title, String kind) {
        Map<String, Map<String, Integer>> threads = samples.getOrDefault(kind, Map.of());
        int total = threads.values().stream().mapToInt(TopFrames::sum).sum();
        StringBuilder text = new StringBuilder("%s: %d samples%n".formatted(title, total));
        threads.entrySet().stream()
                .sorted(Comparator.comparingInt(
                                (Map.Entry<String, Map<String, Integer>> entry) -> sum(entry.getValue()))
                        .reversed())
                .limit(THREADS_MAX)
                .forEach(entry -> text.append(thread(entry.getKey(), entry.getValue(), total)));
        return text.toString();
    }

    private static String thread(String name, Map<String, Integer> frames, int total) {
        StringBuilder text = new StringBuilder("  %5.1f %%  %s%n".formatted(100.0 * sum(frames) / total, name));
        frames.entrySet().stream()
                .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
                .limit(FRAMES_MAX)
                .filter(entry -> entry.getValue() >= SMALLEST_SHARE * total)
                .forEach(entry ->
                        text.append("    %5.1f %%  %s%n".formatted(100.0 * entry.getValue() / total, entry.getKey())));
        return text.toString();
    }

    private static int sum(Map<String, Integer> counts) {
        return counts.values().stream().mapToInt(Integer::intValue).sum();
    }
}
