package io.zookit.simulator;

import io.zookit.model.ErrorCode;
import io.zookit.model.Permissions;
import io.zookit.model.Stat;
import io.zookit.simulator.SimulationOptions.Fault;
import io.zookit.simulator.check.ReferenceTree;
import io.zookit.simulator.check.Violation;
import io.zookit.simulator.history.Operation;
import io.zookit.simulator.history.ZnodeModel.Answer;
import io.zookit.simulator.history.ZnodeModel.Question;
import io.zookit.simulator.world.Chance;
import io.zookit.simulator.world.Connection;
import io.zookit.simulator.world.Endpoint;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A client: one session after the other, on one server after the other, with several operations on their way. It holds every answer
 * against what it has seen before (I15) and against the committed history (I11, I17).
 */
final class SimulatedClient {
    private static final int PIPELINED_MAX = 6;
    private static final long THINK_MICROS_MAX = 60_000;

    private final World world;
    private final int number;
    private final int machine;
    private final Chance chance;
    private final ClientLedger ledger;
    private final Workload workload;
    private final ClientWatches watches = new ClientWatches();
    private final Deque<Asked> asked = new ArrayDeque<>();
    private final int timeoutMillis;
    private @Nullable Line line;
    private long sessionId;
    private long lastZxid;
    private long lastWriteZxid;
    private int lastXid;
    private long silentUntilMicros;
    private long lastServer;
    private boolean retired;

    /**
     * An operation on its way.
     *
     * @param begin when it was asked, or of a read after a sync: when the sync was
     * @param floor the newest zxid that anybody had been told by then
     * @param latest whether it is a read that has to see the latest state
     */
    private record Asked(int xid, ClientOperation operation, long begin, long floor, boolean latest) {}

    SimulatedClient(World world, int number, ClientLedger ledger) {
        this.world = world;
        this.number = number;
        this.ledger = ledger;
        machine = world.options.servers() + number;
        chance = world.chance.named("client " + number);
        // Only at a leader that is none any more it makes a difference to write nothing at all.
        boolean readsOnly = number == 1 && world.options.faults().contains(Fault.OLD_LEADER);
        workload = new Workload(number, readsOnly, world.chance.named("workload " + number));
        timeoutMillis = (int) chance.between(500, 2_000);
    }

    /** One connection. */
    private final class Line implements Endpoint<ClientFrame> {
        private final Connection<ClientFrame> connection;
        private final long server;
        private boolean connected;
        private long heardMicros = world.agenda.nowMicros();

        private Line(Connection<ClientFrame> connection, long server) {
            this.connection = connection;
            this.server = server;
        }

        @Override
        public void received(ClientFrame frame) {
            if (line == this) {
                heardMicros = world.agenda.nowMicros();
                SimulatedClient.this.received(this, frame);
            }
        }

        @Override
        public void closed() {
            if (line == this) {
                lost();
            }
        }
    }

    void start() {
        world.agenda.in(chance.between(0, 200_000), this::act);
    }

    /** No more new operations: what is on its way is waited for. */
    void retire() {
        retired = true;
    }

    /** Whether everything asked was answered or given up. */
    boolean isDone() {
        return asked.isEmpty();
    }

    private void act() {
        long pause = chance.duration(100, retired ? 20_000 : 5_000, THINK_MICROS_MAX);
        world.agenda.in(pause, this::act);
        Line current = line;
        long now = world.agenda.nowMicros();
        if (now < silentUntilMicros) {
            return;
        }
        if (current == null) {
            dial();
        } else if (now - current.heardMicros > timeoutMillis * 700L) {
            hangUp();
        } else if (current.connected) {
            act(current);
        }
    }

    private void act(Line current) {
        int dice = chance.below(1_000);
        if (retired) {
            current.connection.send(true, new ClientFrame.Ping());
        } else if (dice < 4) {
            silentUntilMicros = world.agenda.nowMicros() + timeoutMillis * 1_000L * chance.between(1, 4) / 2;
        } else if (dice < 12) {
            hangUp();
        } else if (dice < 16) {
            ask(current, new ClientOperation.CloseSession());
        } else if (dice < 60) {
            current.connection.send(true, new ClientFrame.Ping());
        } else {
            for (int i = chance.below(3); i >= 0 && asked.size() < PIPELINED_MAX; i--) {
                ask(current, workload.next());
            }
        }
    }

    private void ask(Line current, ClientOperation operation) {
        long now = world.agenda.nowMicros();
        Asked before = asked.peekLast();
        boolean latest = operation instanceof ClientOperation.Read
                && before != null
                && before.operation() instanceof ClientOperation.Sync;
        Asked next = new Asked(
                ++lastXid,
                operation,
                latest && before != null ? before.begin() : now,
                latest && before != null ? before.floor() : ledger.floor(),
                latest);
        asked.addLast(next);
        current.connection.send(true, new ClientFrame.Ask(next.xid(), operation));
        if (operation instanceof ClientOperation.Sync) {
            ask(current, workload.readAfterSync());
        }
    }

    private void dial() {
        SimulatedServer server = chance.of(world.servers);
        world.agenda.in(world.network.latencyMicros(machine, server.machine()), () -> {
            ServerProcess process = server.process();
            if (process == null || line != null || world.network.isBlocked(machine, server.machine())) {
                return;
            }
            Connection<ClientFrame> connection = world.network.connect(machine, server.machine());
            Line opened = new Line(connection, server.id());
            line = opened;
            connection.dialerHears(opened);
            process.replica().clients().accept(connection);
            connection.send(true, new ClientFrame.Connect(number, sessionId, lastZxid, timeoutMillis));
        });
    }

    /** Breaks its connection. */
    void hangUp() {
        Line current = line;
        if (current != null) {
            current.connection.close(true);
            lost();
        }
    }

    /** What was on its way has no known outcome. */
    private void lost() {
        line = null;
        for (Asked lost : asked) {
            Question question = Workload.question(lost.operation());
            if (question != null && lost.operation().isWrite()) {
                ledger.add(Workload.path(lost.operation()), Operation.unanswered(number, lost.begin(), question));
            }
        }
        asked.clear();
    }

    private void received(Line current, ClientFrame frame) {
        if (frame instanceof ClientFrame.Connected connected) {
            connected(current, connected);
        } else if (frame instanceof ClientFrame.Reply reply) {
            answered(reply);
        } else if (frame instanceof ClientFrame.Event event) {
            world.trace(100 + number, "event", event.path().hashCode(), 0);
            watches.fired(number, event.path());
        }
    }

    private void connected(Line current, ClientFrame.Connected connected) {
        world.trace(100 + number, "session", connected.sessionId(), sessionId);
        if (connected.sessionId() == 0) {
            sessionId = 0;
            watches.clear();
            hangUp();
            return;
        }
        if (sessionId != 0 && current.server != lastServer) {
            world.trace(100 + number, "moves", lastServer, current.server);
        }
        lastServer = current.server;
        if (sessionId == 0) {
            workload.newSession();
        }
        sessionId = connected.sessionId();
        current.connected = true;
        current.connection.send(true, watches.bringAlong(lastZxid));
    }

    private void answered(ClientFrame.Reply reply) {
        Asked first = asked.pollFirst();
        world.trace(100 + number, "answer", reply.xid(), reply.zxid());
        if (first == null || first.xid() != reply.xid()) {
            throw new Violation(
                    "I15",
                    "client " + number + " hears the answer to " + reply.xid() + " and waits for "
                            + (first == null ? "none" : "that to " + first.xid()));
        }
        // A write may have been applied, and its answer have waited for that of a sync before it, which shows more.
        boolean isWrite = first.operation().isWrite();
        if (reply.zxid() < (isWrite ? lastWriteZxid : lastZxid)) {
            throw new Violation(
                    "I15",
                    "client " + number + " was shown 0x" + Long.toHexString(lastZxid) + " and now 0x"
                            + Long.toHexString(reply.zxid()));
        }
        lastWriteZxid = isWrite ? reply.zxid() : lastWriteZxid;
        lastZxid = Math.max(lastZxid, reply.zxid());
        if (reply.zxid() != 0 && !world.checkers.history().contains(reply.zxid())) {
            throw new Violation(
                    "I11",
                    "client " + number + " has an answer of 0x" + Long.toHexString(reply.zxid())
                            + ", which is not committed");
        }
        watches.shown(number, world.checkers.reference(), lastZxid);
        check(first, reply);
        record(first, reply);
        if (first.operation() instanceof ClientOperation.CloseSession && reply.error() == ErrorCode.OK) {
            sessionId = 0;
            watches.clear();
            hangUp();
        } else if (reply.error() == ErrorCode.SESSION_EXPIRED || reply.error() == ErrorCode.SESSION_MOVED) {
            hangUp();
        }
    }

    private void check(Asked first, ClientFrame.Reply reply) {
        checkAccess(first.operation(), reply);
        if (first.operation() instanceof ClientOperation.Read read) {
            checkRead(read, reply);
        } else if (first.operation() instanceof ClientOperation.SetData set && reply.error() == ErrorCode.OK) {
            Stat stat = reply.stat();
            if (set.version() != -1 && (stat == null || stat.version() != set.version() + 1)) {
                throw new Violation(
                        "I17",
                        "client " + number + " changed version " + set.version() + " of " + set.path() + " and has "
                                + stat);
            }
        } else if (first.operation() instanceof ClientOperation.Delete delete
                && delete.version() != -1
                && reply.error() == ErrorCode.OK) {
            ReferenceTree.Znode before = world.checkers.reference().at(delete.path(), reply.zxid() - 1);
            if (before != null && before.version() != delete.version()) {
                throw new Violation(
                        "I17",
                        "client " + number + " deleted version " + delete.version() + " of " + delete.path()
                                + ", which was " + before);
            }
        }
    }

    /** Whether it was rightly allowed, or rightly denied, what it asked for. */
    private void checkAccess(ClientOperation operation, ClientFrame.Reply reply) {
        boolean denied = reply.error() == ErrorCode.NO_AUTH;
        int permission = operation instanceof ClientOperation.Read
                ? Permissions.READ
                : operation instanceof ClientOperation.SetData
                        ? Permissions.WRITE
                        : operation instanceof ClientOperation.SetAcl ? Permissions.ADMIN : 0;
        if (permission != 0 && (denied || reply.error() == ErrorCode.OK)) {
            long zxid = permission == Permissions.READ ? reply.zxid() : reply.zxid() - 1;
            world.trace(100 + number, denied ? "denied" : "allowed", permission, zxid);
            world.checkers.decided(Workload.path(operation), zxid, permission, Access.identity(number), !denied);
        }
    }

    private void checkRead(ClientOperation.Read read, ClientFrame.Reply reply) {
        ReferenceTree.Znode expected = world.checkers.reference().at(read.path(), reply.zxid());
        Stat stat = reply.stat();
        if (reply.error() == ErrorCode.NO_AUTH && expected != null) {
            return;
        }
        boolean right = expected == null
                ? reply.error() == ErrorCode.NO_NODE
                : reply.error() == ErrorCode.OK
                        && expected.value().equals(reply.value())
                        && stat != null
                        && stat.version() == expected.version()
                        && stat.mzxid() == expected.mzxid()
                        && stat.czxid() == expected.czxid()
                        && stat.ephemeralOwner() == expected.owner();
        if (!right) {
            throw new Violation(
                    "I17",
                    "client " + number + " reads " + reply.value() + " " + stat + " at " + read.path() + " after 0x"
                            + Long.toHexString(reply.zxid()) + ", where there is " + expected);
        }
        if (read.watch()) {
            watches.set(read.path(), reply.zxid(), expected != null);
        }
    }

    private void record(Asked first, ClientFrame.Reply reply) {
        if (first.operation().isWrite()) {
            ledger.wrote(number, reply.zxid(), first.floor());
        } else if (first.latest()) {
            ledger.readLatest(number, reply.zxid(), first.floor());
        }
        Question question = Workload.question(first.operation());
        Answer answer = Workload.answer(first.operation(), reply);
        if (question != null && answer != null && (first.operation().isWrite() || first.latest())) {
            long end = Math.max(world.agenda.nowMicros(), first.begin() + 1);
            ledger.add(Workload.path(first.operation()), new Operation<>(number, first.begin(), end, question, answer));
        }
    }

    /** The numbers of what it waits for, for messages. */
    List<Integer> outstanding() {
        return asked.stream().map(Asked::xid).toList();
    }
}
