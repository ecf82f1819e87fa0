package io.zookit.pipeline;

import io.zookit.pipeline.operation.Caller;
import io.zookit.watch.WatchTable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * The four-letter words of operators: asked as the first four bytes of a connection, answered as text, then the connection is
 * closed. The texts keep ZooKeeper's line formats, because monitoring tools read them. Answers are made by the owner of the state.
 */
final class FourLetterWords {
    /** Every word a client may mean. Those without an answer here are told apart from frame lengths all the same. */
    private static final Set<String> KNOWN = Set.of(
            "conf", "cons", "crst", "dirs", "dump", "envi", "gtmk", "hash", "isro", "mntr", "ruok", "srst", "srvr",
            "stat", "stmk", "wchc", "wchp", "wchs");

    private static final String ALL = "*";

    private final Set<Integer> codes;
    private final Set<String> allowed;
    private final Map<String, Supplier<String>> answers = new LinkedHashMap<>();

    /**
     * @param allowed the words of {@code 4lw.commands.whitelist}; {@code *} stands for all
     */
    FourLetterWords(Set<String> allowed) {
        this.allowed = Set.copyOf(allowed);
        Map<Integer, String> byCode = new HashMap<>();
        for (String word : KNOWN) {
            byCode.put(ByteBuffer.wrap(word.getBytes(StandardCharsets.US_ASCII)).getInt(), word);
        }
        this.codes = Set.copyOf(byCode.keySet());
    }

    /** Gives the words something to tell about. Called once, before the first connection. */
    void tellAbout(PipelineFacts facts) {
        answers.put("ruok", () -> "imok");
        answers.put("isro", () -> "rw");
        answers.put("srvr", () -> version(facts) + numbers(facts));
        answers.put("stat", () -> version(facts) + clients(facts) + "\n" + numbers(facts));
        answers.put("dump", () -> dump(facts));
        answers.put("envi", () -> environment(facts));
        answers.put("wchs", () -> watches(facts));
    }

    /** Whether the first four bytes of a connection are a word and not the length of a frame. */
    boolean isWord(int code) {
        return codes.contains(code);
    }

    /** The word of a code. */
    static String text(int code) {
        byte[] bytes = ByteBuffer.allocate(Integer.BYTES).putInt(code).array();
        return new String(bytes, StandardCharsets.US_ASCII);
    }

    /** Answers a word and closes the connection. */
    void answer(ClientConnection connection, String word) {
        connection.transport().send(ByteBuffer.wrap(text(word).getBytes(StandardCharsets.UTF_8)));
        connection.transport().close();
    }

    private String text(String word) {
        if (!allowed.contains(word) && !allowed.contains(ALL)) {
            return word + " is not executed because it is not in the whitelist.\n";
        }
        Supplier<String> answer = answers.get(word);
        return answer == null ? word + " is not answered by this server.\n" : answer.get();
    }

    private static String version(PipelineFacts facts) {
        return "Zookeeper version: " + facts.description().version() + "\n";
    }

    private static String environment(PipelineFacts facts) {
        StringBuilder text = new StringBuilder("Environment:\n");
        text.append("zookeeper.version=").append(facts.description().version()).append('\n');
        facts.description()
                .environment()
                .forEach((name, value) ->
                        text.append(name).append('=').append(value).append('\n'));
        return text.toString();
    }

    private static String watches(PipelineFacts facts) {
        WatchTable<Caller> watches = facts.state().watches();
        return watches.watcherCount() + " connections watching " + watches.pathCount() + " paths\nTotal watches:"
                + watches.watchCount() + "\n";
    }

    private static String numbers(PipelineFacts facts) {
        Statistics statistics = facts.statistics();
        return String.format(
                Locale.ROOT,
                """
                Latency min/avg/max: %d/%s/%d
                Received: %d
                Sent: %d
                Connections: %d
                Outstanding: %d
                Zxid: 0x%x
                Mode: %s
                Node count: %d
                """,
                statistics.latencyMillisMin(),
                Math.round(statistics.latencyMillisAverage() * 10_000) / 10_000.0,
                statistics.latencyMillisMax(),
                statistics.received(),
                statistics.sent(),
                facts.connections(),
                facts.outstanding(),
                facts.lastZxid(),
                facts.mode(),
                facts.nodeCount());
    }

    private static String clients(PipelineFacts facts) {
        StringBuilder text = new StringBuilder("Clients:\n");
        facts.state().sessions().forEach(session -> {
            ClientConnection connection = session.connection();
            if (connection != null) {
                text.append(' ')
                        .append(connection.peer().remoteAddress())
                        .append("[1](queued=")
                        .append(connection.waiting().size())
                        .append(",recved=")
                        .append(connection.received())
                        .append(",sent=")
                        .append(connection.sent())
                        .append(")\n");
            }
        });
        return text.toString();
    }

    private static String dump(PipelineFacts facts) {
        StringBuilder text = new StringBuilder("SessionTracker dump:\n");
        appendSessions(text, facts);
        text.append("ephemeral nodes dump:\n");
        Map<Long, Set<String>> ephemerals = new TreeMap<>(facts.state().tree().ephemeralsBySession());
        text.append("Sessions with Ephemerals (").append(ephemerals.size()).append("):\n");
        ephemerals.forEach((owner, paths) -> {
            text.append("0x").append(Long.toHexString(owner)).append(":\n");
            paths.stream()
                    .sorted()
                    .forEach(path -> text.append('\t').append(path).append('\n'));
        });
        return text.append("Connections dump:\n").append(clients(facts)).toString();
    }

    /** The sessions in the sets in which they expire. */
    private static void appendSessions(StringBuilder text, PipelineFacts facts) {
        TreeMap<Long, List<Long>> byExpiry = new TreeMap<>();
        facts.state().sessions().forEach(session -> byExpiry.computeIfAbsent(
                        facts.expiresInMillis(session), unused -> new ArrayList<>())
                .add(session.id()));
        int count = facts.state().sessions().size();
        text.append("Session Sets (")
                .append(byExpiry.size())
                .append(")/(")
                .append(count)
                .append("):\n");
        byExpiry.forEach((expiresInMillis, ids) -> {
            text.append(ids.size())
                    .append(" expire in ")
                    .append(expiresInMillis)
                    .append(" ms:\n");
            ids.forEach(id -> text.append("\t0x").append(Long.toHexString(id)).append('\n'));
        });
    }
}
