package io.zookit.assembly;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.simulator.history.Contradiction;
import io.zookit.simulator.history.LinearizabilityChecker;
import io.zookit.simulator.history.Operation;
import io.zookit.simulator.history.Verdict;
import io.zookit.simulator.history.ZnodeModel;
import io.zookit.simulator.history.ZnodeModel.Answer;
import io.zookit.simulator.history.ZnodeModel.Question;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.zookeeper.CreateMode;
import org.apache.zookeeper.KeeperException;
import org.apache.zookeeper.KeeperException.Code;
import org.apache.zookeeper.WatchedEvent;
import org.apache.zookeeper.Watcher;
import org.apache.zookeeper.Watcher.Event.KeeperState;
import org.apache.zookeeper.ZooDefs.Ids;
import org.apache.zookeeper.ZooKeeper;
import org.apache.zookeeper.data.Stat;

/**
 * Clients that write a few znodes and read them after a sync, all at the same time, and write down what they asked and heard. Was it
 * possible? Whoever loses his connection does not know what came of his write.
 *
 * <p>What a server of Apache's lets read is not asked about: one that leads answers a sync of its own clients at once, and may still have
 * to apply what its followers have acknowledged (its chain of processors matches syncs with commits at followers only).
 */
final class Histories implements AutoCloseable {
    private static final int ZNODES = 2;
    private static final int CONFIGURATIONS_MAX = 2_000_000;
    /** Lost writes of one znode, each of which may or may not have happened, now or at any later time; after so many, others are written. */
    private static final int LOST_MAX = 4;

    /** Operations that are shown before one that cannot have happened. */
    private static final int BEFORE_MAX = 60;

    private final Ensemble ensemble;
    private final Map<String, List<Operation<Question, Answer>>> histories = new TreeMap<>();
    private final List<Asking> clients = new ArrayList<>();
    /** Names the znodes that are written. */
    private final AtomicInteger generation = new AtomicInteger();

    private volatile int round;
    private volatile boolean stopped;

    private Histories(Ensemble ensemble) {
        this.ensemble = ensemble;
    }

    /** Lets clients begin. */
    static Histories start(Ensemble ensemble, int count, long seed) throws Exception {
        Histories histories = new Histories(ensemble);
        for (int i = 0; i < count; i++) {
            histories.clients.add(histories.new Asking(ensemble.connectString(), i, seed));
        }
        histories.clients.forEach(client -> client.thread.start());
        return histories;
    }

    /** From now on other znodes are written, so that no history grows without bound. */
    void nextRound() {
        round++;
        generation.incrementAndGet();
    }

    /** Lets the clients end, and asks whether what they saw was possible. */
    void stopAndCheck(String where) throws Exception {
        stopped = true;
        for (Asking client : clients) {
            client.thread.join(Running.PATIENCE.toMillis());
            assertTrue(!client.thread.isAlive(), "a client hangs");
            assertEquals("", client.problem, where);
        }
        LinearizabilityChecker checker = new LinearizabilityChecker(CONFIGURATIONS_MAX);
        long answered = 0;
        for (Map.Entry<String, List<Operation<Question, Answer>>> history : histories.entrySet()) {
            Verdict verdict = checker.check(new ZnodeModel(), history.getValue());
            assertNotEquals(
                    Verdict.UNDECIDED,
                    verdict,
                    () -> where + ", " + history.getKey() + ": nobody can tell whether it was possible, of "
                            + history.getValue().size() + " operations " + lost(history.getValue()) + " were lost");
            assertEquals(
                    Verdict.LINEARIZABLE,
                    verdict,
                    () -> where + ", " + history.getKey() + ":\n"
                            + Contradiction.of(checker, new ZnodeModel(), history.getValue(), BEFORE_MAX));
            answered += history.getValue().stream()
                    .filter(operation -> !operation.isUnanswered())
                    .count();
        }
        assertTrue(answered > 20L * (round + 1), "too little was asked to prove anything: " + answered);
    }

    private static long lost(List<Operation<Question, Answer>> history) {
        return history.stream().filter(Operation::isUnanswered).count();
    }

    private void add(String path, Operation<Question, Answer> operation) {
        synchronized (histories) {
            List<Operation<Question, Answer>> history = histories.computeIfAbsent(path, unused -> new ArrayList<>());
            history.add(operation);
            if (operation.isUnanswered() && lost(history) == LOST_MAX) {
                generation.incrementAndGet();
            }
        }
    }

    @Override
    public void close() {
        stopped = true;
        clients.parallelStream().forEach(Asking::close);
    }

    /** One client. */
    private final class Asking {
        private final int number;
        private final Random random;
        private final Connected zooKeeper;
        private final Thread thread;
        private final AtomicInteger connections = new AtomicInteger();
        private volatile String problem = "";
        private int written;
        private int versionSeen;

        Asking(String connectString, int number, long seed) throws IOException {
            this.number = number;
            this.random = new Random(seed + number);
            this.zooKeeper = new Connected(connectString, this::event);
            this.thread = new Thread(this::ask, "client " + number);
            thread.setDaemon(true);
        }

        private void event(WatchedEvent event) {
            if (event.getState() == KeeperState.SyncConnected) {
                connections.incrementAndGet();
            }
        }

        private void ask() {
            try {
                while (!stopped) {
                    askOnce("/history-" + generation.get() + "-" + random.nextInt(ZNODES));
                }
            } catch (Exception e) {
                problem = "client " + number + ": " + e;
            }
        }

        private void askOnce(String path) throws Exception {
            Question question = question();
            int connection = connections.get();
            boolean ours = zooKeeper.isAtOneOfOurs(ensemble);
            long begin = System.nanoTime();
            try {
                Answer answer = answer(path, question);
                if (!(question instanceof Question.Read) || (ours && connection == connections.get())) {
                    add(path, new Operation<>(number, begin, System.nanoTime(), question, answer));
                }
            } catch (KeeperException.ConnectionLossException e) {
                if (!(question instanceof Question.Read)) {
                    add(path, Operation.unanswered(number, begin, question));
                }
            }
        }

        private Question question() {
            String value = number + "-" + written++;
            return switch (random.nextInt(10)) {
                case 0, 1 -> new Question.Create(value);
                case 2 -> new Question.Delete(random.nextBoolean() ? -1 : versionSeen);
                case 3, 4 -> new Question.SetData(value, -1);
                case 5, 6 -> new Question.SetData(value, versionSeen);
                default -> new Question.Read();
            };
        }

        private Answer answer(String path, Question question) throws Exception {
            try {
                if (question instanceof Question.Create create) {
                    zooKeeper.create(path, Client.bytes(create.value()), Ids.OPEN_ACL_UNSAFE, CreateMode.PERSISTENT);
                    return new Answer.Done();
                }
                if (question instanceof Question.SetData set) {
                    Stat stat = zooKeeper.setData(path, Client.bytes(set.value()), set.version());
                    return new Answer.DoneWith(stat.getVersion());
                }
                if (question instanceof Question.Delete delete) {
                    zooKeeper.delete(path, delete.version());
                    return new Answer.Done();
                }
                return read(path);
            } catch (KeeperException.NoNodeException e) {
                return new Answer.NoNode();
            } catch (KeeperException.NodeExistsException e) {
                return new Answer.NodeExists();
            } catch (KeeperException.BadVersionException e) {
                return new Answer.BadVersion();
            }
        }

        /** Both are sent over the same connection, or the answer does not count. */
        private Answer read(String path) throws Exception {
            CompletableFuture<Integer> synced = new CompletableFuture<>();
            CompletableFuture<Answer> answered = new CompletableFuture<>();
            zooKeeper.sync(path, (code, at, context) -> synced.complete(code), null);
            zooKeeper.getData(
                    path,
                    false,
                    (code, at, context, data, stat) -> {
                        if (code == Code.OK.intValue()) {
                            answered.complete(new Answer.Value(Client.text(data), stat.getVersion()));
                        } else {
                            answered.completeExceptionally(KeeperException.create(Code.get(code), at));
                        }
                    },
                    null);
            int code = synced.get(Running.PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (code != Code.OK.intValue()) {
                throw KeeperException.create(Code.get(code), path);
            }
            try {
                Answer answer = answered.get(Running.PATIENCE.toSeconds(), TimeUnit.SECONDS);
                if (answer instanceof Answer.Value value) {
                    versionSeen = value.version();
                }
                return answer;
            } catch (ExecutionException e) {
                throw e.getCause() instanceof KeeperException answer ? answer : e;
            }
        }

        private void close() {
            try {
                zooKeeper.close();
                thread.join(Running.PATIENCE.toMillis());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** A client that knows where it is. Like its parent, it may be interrupted while it closes. */
    @SuppressWarnings("try")
    private static final class Connected extends ZooKeeper {
        Connected(String connectString, Watcher watcher) throws IOException {
            super(connectString, Ledger.SESSION_TIMEOUT_MILLIS, watcher);
        }

        boolean isAtOneOfOurs(Ensemble ensemble) {
            return testableRemoteSocketAddress() instanceof InetSocketAddress server
                    && ensemble.members().stream()
                            .anyMatch(member ->
                                    member.clientPort() == server.getPort() && member.kind() == Member.Kind.OURS);
        }
    }
}
