package io.zookit.pipeline;

import io.zookit.pipeline.words.MachineFacts;
import io.zookit.pipeline.words.ServerFacts;
import io.zookit.pipeline.words.Word;
import io.zookit.spi.consensus.EnsembleFacts;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Answers four-letter words and closes their connections. Runs on the owner of the state, one piece of an answer in a turn, so that
 * nobody waits for a long one; only what the machine is asked for is collected on a thread of its own. How long an answer may take
 * is bounded by the time a connection may stay without a session.
 */
final class WordStep implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(WordStep.class);
    /** About how long a piece is. */
    private static final int PIECE_CHARS = 64 << 10;
    /** What a reader may leave unread before the next piece waits. */
    private static final long UNREAD_BYTES_MAX = 256 << 10;

    private static final String NOT_SERVING = "This ZooKeeper instance is not currently serving requests\n";
    private static final long PAUSE_MILLIS = 20;
    private static final int ASKED_MAX = 64;
    private static final long IDLE_SECONDS = 10;

    private final Machine machine;
    private final Consumer<Consumer<@Nullable EnsembleFacts>> ensemble;
    private final Runnable announce;
    private final ThreadPoolExecutor asking;
    private final Queue<Asked> asked = new ConcurrentLinkedQueue<>();
    private final ArrayDeque<Answer> unfinished = new ArrayDeque<>();
    private @Nullable ServerFacts facts;
    private boolean paused;

    /**
     * @param ensemble has somebody told where the ensemble stands, {@code null} without one
     * @param announce has the owner take another turn
     */
    WordStep(
            Machine machine,
            Consumer<Consumer<@Nullable EnsembleFacts>> ensemble,
            Runnable announce,
            ThreadFactory threads) {
        this.machine = machine;
        this.ensemble = ensemble;
        this.announce = announce;
        this.asking = new ThreadPoolExecutor(
                1, 1, IDLE_SECONDS, TimeUnit.SECONDS, new LinkedBlockingQueue<>(ASKED_MAX), threads);
        asking.allowCoreThreadTimeOut(true);
    }

    /** A word whose machine facts have been collected. */
    private record Asked(ClientConnection connection, Word word, MachineFacts machine) {}

    /** An answer on its way. */
    private record Answer(ClientConnection connection, Iterator<String> pieces) {}

    /** Gives the words something to tell about. Called once, before the first connection. */
    void tellAbout(ServerFacts server) {
        facts = server;
    }

    /** A connection asks a word: its first and only one. */
    void ask(ClientConnection connection, Word word) {
        if (!word.asksMachine()) {
            begin(connection, word, MachineFacts.NOT_ASKED);
            return;
        }
        try {
            asking.execute(() -> askMachine(connection, word));
        } catch (RejectedExecutionException busy) {
            LOG.warn(
                    "{}: {} is not answered, too many ask at once",
                    connection.peer().remoteAddress(),
                    word.name());
            connection.transport().close();
        }
    }

    private void askMachine(ClientConnection connection, Word word) {
        try {
            MachineFacts found = new MachineFacts(
                    machine.environment(),
                    machine.configuration(),
                    machine.snapshotBytes(),
                    machine.logBytes(),
                    machine.openFiles(),
                    machine.openFilesMax(),
                    null);
            ensemble.accept(stands -> {
                asked.add(new Asked(connection, word, found.with(stands)));
                announce.run();
            });
        } catch (RuntimeException failure) {
            LOG.warn("{}: {} cannot be answered", connection.peer().remoteAddress(), word.name(), failure);
            connection.transport().close();
        }
    }

    private void begin(ClientConnection connection, Word word, MachineFacts found) {
        ServerFacts told = Objects.requireNonNull(facts, "facts");
        boolean serves = told.serves() || told.readsOnly();
        Stream<String> text = serves || !word.needsLeader() ? word.answer(told, found) : Stream.of(NOT_SERVING);
        Answer answer = new Answer(connection, text.iterator());
        if (!send(answer)) {
            unfinished.add(answer);
            announce.run();
        }
    }

    /** A turn ends: goes on with every answer that is not finished. */
    void goOn() {
        paused = false;
        Asked next;
        while ((next = asked.poll()) != null) {
            begin(next.connection(), next.word(), next.machine());
        }
        for (int left = unfinished.size(); left > 0; left--) {
            Answer answer = unfinished.remove();
            if (answer.connection().isClosed()) {
                continue;
            }
            if (answer.connection().transport().pendingBytes() > UNREAD_BYTES_MAX) {
                paused = true;
                unfinished.add(answer);
            } else if (!send(answer)) {
                unfinished.add(answer);
                announce.run();
            }
        }
    }

    /** Sends a piece; says whether it was the last one. */
    private static boolean send(Answer answer) {
        StringBuilder piece = new StringBuilder();
        while (piece.length() < PIECE_CHARS && answer.pieces().hasNext()) {
            piece.append(answer.pieces().next());
        }
        answer.connection().transport().send(ByteBuffer.wrap(piece.toString().getBytes(StandardCharsets.UTF_8)));
        if (answer.pieces().hasNext()) {
            return false;
        }
        answer.connection().transport().close();
        return true;
    }

    /** When a reader that was too slow is looked at again; {@link Long#MAX_VALUE} when there is none. */
    long nextDeadlineMillis(long nowMillis) {
        return paused ? nowMillis + PAUSE_MILLIS : Long.MAX_VALUE;
    }

    @Override
    public void close() {
        asking.shutdownNow();
    }
}
