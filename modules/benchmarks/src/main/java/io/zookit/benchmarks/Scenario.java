package io.zookit.benchmarks;

import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A kind of load, written {@code set-100}, {@code get-1k} or {@code set-100-1x1}.
 *
 * @param workload the kind of request
 * @param valueBytes length of the data of each znode
 * @param connections connections, one session each
 * @param inFlight requests each connection keeps outstanding
 */
public record Scenario(Workload workload, int valueBytes, int connections, int inFlight) {
    private static final Pattern FORM = Pattern.compile("([a-z]+)-(\\d{1,6})(k?)(?:-(\\d{1,4})x(\\d{1,4}))?");

    private static final int CONNECTIONS = 32;
    private static final int IN_FLIGHT = 16;

    /** What is compared unless something else is asked for. */
    static final List<Scenario> STANDARD =
            parseAll("get-100,get-1k,set-100,set-1k,create-100,create-1k,get-100-1x1,set-100-1x1");

    /** What is compared of ensembles. */
    static final List<Scenario> ENSEMBLE = parseAll("set-100,set-1k,create-100,mixed-100,get-100,set-100-1x1");

    /** Refuses numbers no run could be made of. */
    public Scenario {
        if (valueBytes < 0 || connections < 1 || connections > 9_999 || inFlight < 1) {
            throw new IllegalArgumentException("%d bytes, %d connections and %d requests in flight make no load"
                    .formatted(valueBytes, connections, inFlight));
        }
    }

    /**
     * Reads {@code workload-bytes[-connectionsxinFlight]}; without the last part it is 32x16.
     *
     * @throws IllegalArgumentException when it has another form
     */
    public static Scenario parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "'%s' is no scenario: write it like set-100, get-1k or set-100-1x1".formatted(text));
        }
        int bytes = Integer.parseInt(matcher.group(2)) * (matcher.group(3).isEmpty() ? 1 : 1024);
        String connections = matcher.group(4);
        String inFlight = matcher.group(5);
        return new Scenario(
                workload(matcher.group(1)),
                bytes,
                connections == null ? CONNECTIONS : Integer.parseInt(connections),
                inFlight == null ? IN_FLIGHT : Integer.parseInt(inFlight));
    }

    private static Workload workload(String name) {
        for (Workload workload : Workload.values()) {
            if (workload != Workload.DELETE
                    && workload.name().toLowerCase(Locale.ROOT).equals(name)) {
                return workload;
            }
        }
        throw new IllegalArgumentException(
                "'%s' is no workload: get, set, create, exists and mixed are".formatted(name));
    }

    /** Reads several, separated by commas. */
    static List<Scenario> parseAll(String text) {
        return Stream.of(text.split(",", -1)).map(Scenario::parse).toList();
    }

    /** As a line of the table calls it. */
    String title() {
        return "%s %d B, %dx%d".formatted(workload.name().toLowerCase(Locale.ROOT), valueBytes, connections, inFlight);
    }
}
