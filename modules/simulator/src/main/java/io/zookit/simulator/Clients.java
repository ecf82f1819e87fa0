package io.zookit.simulator;

import io.zookit.model.Acl;
import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.model.Permissions;
import io.zookit.model.Txn;
import io.zookit.session.Session;
import io.zookit.session.SessionIds;
import io.zookit.simulator.ClientLink.Pending;
import io.zookit.simulator.mutant.Mutant;
import io.zookit.simulator.storage.StoredTxn;
import io.zookit.simulator.world.Connection;
import io.zookit.tree.Outcome;
import io.zookit.tree.TreeListener;
import io.zookit.tree.Znode;
import io.zookit.watch.WatchCatchUp;
import io.zookit.watch.WatchTable;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;
import io.zookit.wire.LoggedTxn;
import io.zookit.wire.PeerState;
import io.zookit.wire.TxnCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The clients of one server: their connections, in whose order everything is answered, and their watches. */
final class Clients implements TreeListener {
    private final Replica replica;
    private final ServerProcess process;
    private final Mutant mutant;
    private final SessionIds ids;
    private final WatchTable<ClientLink> watches;
    private final Set<ClientLink> links = new LinkedHashSet<>();
    /** Who waits for a session to begin, or for the leader's word on going on with one. */
    private final Map<Long, ClientLink> waiting = new TreeMap<>();
    /** Who waits for a sync, oldest first. */
    private final Deque<Syncing> syncing = new ArrayDeque<>();
    /** Events that a mistake holds back until the reply has been sent. */
    private final List<Runnable> late = new ArrayList<>();

    private int fired;

    private record Syncing(ClientLink link, Pending pending) {}

    Clients(World world, SimulatedServer server, ServerProcess process, Replica replica) {
        this.process = process;
        this.replica = replica;
        mutant = world.options.mutant();
        // Ids must differ between the starts of a server, whatever its clock says.
        ids = new SessionIds(server.id(), server.incarnation() * 100_000L);
        watches = new WatchTable<>(world.options.hashSalt());
    }

    /** A client has connected. */
    void accept(Connection<ClientFrame> connection) {
        ClientLink link = new ClientLink(process, connection);
        connection.acceptorHears(link);
        links.add(link);
    }

    void received(ClientLink link, ClientFrame frame) {
        if (!replica.isServing()) {
            drop(link);
        } else if (frame instanceof ClientFrame.Connect connect) {
            connect(link, connect);
        } else if (link.sessionId() == 0) {
            drop(link);
        } else {
            replica.clientTouched(link.sessionId());
            if (frame instanceof ClientFrame.Ask ask) {
                ask(link, ask);
            } else if (frame instanceof ClientFrame.Rewatch rewatch) {
                rewatch(link, rewatch);
            } else {
                link.send(frame);
            }
        }
    }

    private void connect(ClientLink link, ClientFrame.Connect connect) {
        link.identities(List.of(Access.identity(connect.client())));
        if (connect.lastZxid() > replica.state().lastZxid() && mutant != Mutant.CLIENT_TAKEN_BACK_IN_TIME) {
            drop(link);
        } else if (connect.sessionId() == 0) {
            long id = ids.next();
            waiting.put(id, link);
            JuteWriter body = new JuteWriter(4);
            body.writeInt(connect.timeoutMillis());
            replica.submit(id, 0, OpCode.CREATE_SESSION.code(), body.toByteArray(), link.identities());
        } else {
            ClientLink former = waiting.put(connect.sessionId(), link);
            if (former != null) {
                drop(former);
            }
            replica.revalidate(connect.sessionId(), connect.timeoutMillis());
        }
    }

    void revalidated(long sessionId, boolean valid) {
        ClientLink link = waiting.remove(sessionId);
        if (link == null || link.isClosed()) {
            return;
        }
        if (valid && replica.state().sessions().find(sessionId) != null) {
            serve(link, sessionId);
        } else if (valid) {
            // The leader knows it, and here it is not applied yet.
            drop(link);
        } else {
            link.send(new ClientFrame.Connected(0));
            drop(link);
        }
    }

    private void serve(ClientLink link, long sessionId) {
        Session<ClientLink> session = replica.state().sessions().find(sessionId);
        if (session == null) {
            drop(link);
            return;
        }
        ClientLink former = session.attach(link);
        if (former != null && former != link) {
            drop(former);
        }
        link.serves(sessionId);
        link.send(new ClientFrame.Connected(sessionId));
    }

    private void ask(ClientLink link, ClientFrame.Ask ask) {
        Pending pending = new Pending(ask.xid(), ask.operation());
        link.pending().addLast(pending);
        if (ask.operation().isWrite()) {
            long zxid = replica.submit(
                    link.sessionId(),
                    ask.xid(),
                    ask.operation().opCode(),
                    ask.operation().body(),
                    link.identities());
            if (mutant == Mutant.ANSWERED_BEFORE_COMMIT && zxid != 0) {
                pending.answer(new ClientFrame.Reply(ask.xid(), zxid, ErrorCode.OK, null, null, null));
            }
        } else if (ask.operation() instanceof ClientOperation.Sync) {
            boolean hasty = mutant == Mutant.SYNC_WITHOUT_A_QUORUM
                    && replica.role() == PeerState.LEADING
                    && link.pending().size() == 1;
            if (mutant == Mutant.SYNC_ANSWERED_AT_ONCE || hasty) {
                pending.answer(done(pending, ErrorCode.OK));
            } else {
                syncing.addLast(new Syncing(link, pending));
                replica.sync(link.sessionId(), ask.xid());
            }
        } else if (mutant == Mutant.READ_OVERTAKES_WRITE) {
            pending.answer(read(link, pending, (ClientOperation.Read) ask.operation()));
        }
        advance(link);
    }

    private ClientFrame.Reply done(Pending pending, ErrorCode error) {
        return new ClientFrame.Reply(pending.xid(), replica.state().lastZxid(), error, null, null, null);
    }

    /** Answers as far as the order allows. */
    private void advance(ClientLink link) {
        while (!link.pending().isEmpty() && !link.isClosed()) {
            Pending first = link.pending().getFirst();
            ClientFrame.Reply reply = first.reply();
            if (reply == null && first.operation() instanceof ClientOperation.Read read) {
                reply = read(link, first, read);
            }
            if (reply == null) {
                return;
            }
            link.pending().removeFirst();
            link.send(reply);
        }
    }

    private ClientFrame.Reply read(ClientLink link, Pending pending, ClientOperation.Read read) {
        Znode node = replica.state().tree().find(read.path());
        boolean denied = node != null && !Access.allows(node.acl(), Permissions.READ, link.identities());
        if (read.watch() && !denied) {
            watches.addData(read.path(), link);
        }
        if (node == null) {
            return new ClientFrame.Reply(
                    pending.xid(), replica.state().lastZxid(), ErrorCode.NO_NODE, read.path(), null, null);
        }
        if (denied) {
            return new ClientFrame.Reply(
                    pending.xid(), replica.state().lastZxid(), ErrorCode.NO_AUTH, read.path(), null, null);
        }
        String value = node.dataLength() < 0
                ? ""
                : new String(node.content(), node.dataOffset(), node.dataLength(), StandardCharsets.UTF_8);
        return new ClientFrame.Reply(
                pending.xid(), replica.state().lastZxid(), ErrorCode.OK, read.path(), value, node.stat());
    }

    private void rewatch(ClientLink link, ClientFrame.Rewatch rewatch) {
        for (String path : rewatch.data()) {
            rewatch(link, path, WatchCatchUp.DATA, rewatch.lastZxid());
        }
        for (String path : rewatch.exists()) {
            rewatch(link, path, WatchCatchUp.EXIST, rewatch.lastZxid());
        }
    }

    private void rewatch(ClientLink link, String path, WatchCatchUp kind, long lastZxid) {
        Znode node = replica.state().tree().find(path);
        boolean missed = kind.missed(
                        node != null, node == null ? 0 : node.mzxid(), node == null ? 0 : node.pzxid(), lastZxid)
                .isPresent();
        if (missed) {
            link.send(new ClientFrame.Event(path));
        } else {
            kind.register(watches, path, link);
        }
    }

    void synced() {
        Syncing oldest = syncing.pollFirst();
        if (oldest != null) {
            oldest.pending().answer(done(oldest.pending(), ErrorCode.OK));
            advance(oldest.link());
        }
    }

    // ---- what is applied

    void beginApply() {
        late.clear();
    }

    void applied(StoredTxn stored, Outcome outcome) {
        LoggedTxn logged = TxnCodec.read(JuteReader.of(stored.record()));
        long sessionId = logged.header().sessionId();
        if (logged.txn() instanceof Txn.CreateSession) {
            ClientLink link = waiting.remove(sessionId);
            if (link != null && !link.isClosed()) {
                serve(link, sessionId);
                replica.clientTouched(sessionId);
            }
        }
        ClientLink link = linkOf(sessionId);
        if (link != null) {
            answer(link, logged, outcome);
        }
        if (logged.txn() instanceof Txn.CloseSession) {
            replica.sessionEnded(sessionId);
            if (link != null) {
                drop(link);
            }
        }
        late.forEach(Runnable::run);
    }

    private @Nullable ClientLink linkOf(long sessionId) {
        for (ClientLink link : links) {
            if (link.sessionId() == sessionId && sessionId != 0 && !link.isClosed()) {
                return link;
            }
        }
        return null;
    }

    private void answer(ClientLink link, LoggedTxn logged, Outcome outcome) {
        for (Pending pending : link.pending()) {
            if (pending.operation().isWrite() && pending.reply() == null) {
                if (pending.xid() == logged.header().cxid()) {
                    pending.answer(new ClientFrame.Reply(
                            pending.xid(),
                            logged.header().zxid(),
                            errorOf(outcome),
                            outcome.path(),
                            null,
                            outcome.stat()));
                    advance(link);
                }
                return;
            }
        }
    }

    private static ErrorCode errorOf(Outcome outcome) {
        for (Outcome part : outcome.parts()) {
            if (part.error() != ErrorCode.OK) {
                return part.error();
            }
        }
        return outcome.error();
    }

    @Override
    public void created(String path, List<Acl> acl, String parentPath, List<Acl> parentAcl) {
        watches.fireCreated(path, parentPath, (link, type, changed, parent) -> fire(link, changed));
    }

    @Override
    public void deleted(String path, List<Acl> acl, String parentPath, List<Acl> parentAcl) {
        watches.fireDeleted(path, parentPath, (link, type, changed, parent) -> fire(link, changed));
    }

    @Override
    public void dataChanged(String path, List<Acl> acl) {
        watches.fireDataChanged(path, (link, type, changed, parent) -> fire(link, changed));
    }

    private void fire(ClientLink link, String path) {
        fired++;
        if (mutant == Mutant.WATCH_LOST && fired % 3 == 0) {
            return;
        }
        if (mutant == Mutant.WATCH_AFTER_REPLY) {
            late.add(() -> link.send(new ClientFrame.Event(path)));
        } else {
            link.send(new ClientFrame.Event(path));
        }
        if (mutant == Mutant.WATCH_FIRES_TWICE) {
            link.send(new ClientFrame.Event(path));
        }
    }

    /** How many connections serve a session. */
    int sessions() {
        int count = 0;
        for (ClientLink link : links) {
            count += link.sessionId() == 0 ? 0 : 1;
        }
        return count;
    }

    /** How many clients wait for a session, or for a sync. */
    int waiting() {
        return waiting.size() + syncing.size();
    }

    long watchCount() {
        return watches.watchCount();
    }

    // ---- the end of connections

    void gone(ClientLink link) {
        links.remove(link);
        if (mutant != Mutant.WATCH_OUTLIVES_ITS_CONNECTION) {
            watches.removeAll(link);
        }
        waiting.values().remove(link);
        Session<ClientLink> session = replica.state().sessions().find(link.sessionId());
        if (session != null) {
            session.detach(link);
        }
    }

    private void drop(ClientLink link) {
        link.close();
        gone(link);
    }

    /** The role has changed: clients find their way again. */
    void dropAll() {
        for (ClientLink link : List.copyOf(links)) {
            drop(link);
        }
        waiting.clear();
        syncing.clear();
    }

    void die(boolean powerIsLost) {
        for (ClientLink link : links) {
            if (powerIsLost) {
                link.vanish(process.chance());
            } else {
                link.close();
            }
        }
        links.clear();
    }
}
