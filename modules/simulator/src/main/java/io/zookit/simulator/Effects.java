package io.zookit.simulator;

import io.zookit.simulator.mutant.Mutant;
import io.zookit.simulator.storage.StoredTxn;
import io.zookit.wire.ElectionNotification;
import io.zookit.wire.PeerState;
import io.zookit.wire.QuorumMessage;
import io.zookit.zab.Membership;
import io.zookit.zab.ZabEffects;
import java.util.Arrays;
import java.util.List;

/** What the core of one process asks for, given to the parts that can do it; the checkers hear of it first. */
final class Effects implements ZabEffects {
    /** Where the time stands in the header of a transaction. */
    private static final int TIME_OFFSET = 20;

    private final World world;
    private final SimulatedServer server;
    private final ServerProcess process;

    Effects(World world, SimulatedServer server, ServerProcess process) {
        this.world = world;
        this.server = server;
        this.process = process;
    }

    private void trace(String word, long one, long two) {
        world.trace(server.id(), word, one, two);
    }

    @Override
    public void sendVote(long serverId, ElectionNotification vote) {
        process.election().send(serverId, vote);
    }

    @Override
    public void connectElection(long serverId) {
        process.election().connect(serverId);
    }

    @Override
    public void connectLeader(long link, long serverId) {
        trace("dials leader", serverId, link);
        process.quorum().dial(link, serverId);
    }

    @Override
    public void send(long link, QuorumMessage message) {
        process.quorum().send(link, message);
    }

    @Override
    public void closeLink(long link, String reason) {
        trace("closes link", link, 0);
        world.checkers.closes(server, link, reason);
        world.trace.say("link " + link + " of server " + server.id() + ": " + reason);
        process.quorum().close(link);
    }

    @Override
    public void sendLog(long link, long afterZxid, long throughZxid) {
        process.quorum().sendLog(link, afterZxid, throughZxid);
    }

    @Override
    public void sendSnapshot(long link, long atLeastZxid) {
        process.quorum().sendSnapshot(link, atLeastZxid);
    }

    @Override
    public void append(long zxid, byte[] record) {
        trace("appends", zxid, 0);
        boolean changes = world.options.mutant() == Mutant.LOGGED_OTHERWISE_THAN_PROPOSED;
        StoredTxn txn = new StoredTxn(zxid, changes ? withoutTime(record) : record);
        world.checkers.appended(server, process.replica().newestZxid(), zxid);
        if (server.hasLostData() && process.replica().newestZxid() == 0) {
            server.synchronisationBegins();
        }
        process.disk().append(txn);
        process.replica().appended(txn);
    }

    private static byte[] withoutTime(byte[] record) {
        byte[] changed = record.clone();
        Arrays.fill(changed, TIME_OFFSET, TIME_OFFSET + Long.BYTES, (byte) 0);
        return changed;
    }

    @Override
    public void saveEpochs(long acceptedEpoch, long currentEpoch) {
        trace("saves epochs", acceptedEpoch, currentEpoch);
        process.disk().saveEpochs(() -> process.storage().saveEpochs(acceptedEpoch, currentEpoch), () -> {
            world.checkers.epochsSaved(server, currentEpoch);
            process.node().epochsSaved(acceptedEpoch, currentEpoch);
        });
    }

    @Override
    public void saveUnsynced(boolean unsynced) {
        trace("marks", unsynced ? 1 : 0, 0);
        process.disk().act(() -> process.storage().saveUnsynced(unsynced), () -> {
            if (!unsynced) {
                server.servesWithEverything();
            }
            process.node().unsyncedSaved(unsynced);
        });
    }

    @Override
    public void truncate(long zxid) {
        trace("truncates", zxid, 0);
        boolean done = world.options.mutant() != Mutant.TRUNCATION_NOT_DONE;
        boolean tooMuch = world.options.mutant() == Mutant.TRUNCATION_CUTS_ONE_TOO_MANY;
        long last = tooMuch && (zxid & 1) == 1 ? zxid - 1 : zxid;
        process.promisesAtMost(zxid);
        process.disk().act(() -> done ? process.storage().truncateAfter(last) : List.of(), () -> {
            process.promises(zxid);
            process.replica().truncated(zxid);
            world.checkers.truncated(server, zxid);
            process.node().truncated(done && !tooMuch ? process.storage().lastZxid() : zxid);
        });
    }

    @Override
    public void reload() {
        trace("reloads", 0, 0);
        process.disk().act(List::of, () -> {
            if (world.options.mutant() != Mutant.TRUNCATION_KEEPS_MEMORY) {
                process.replica().recover();
            }
            process.node().stateReloaded();
        });
    }

    @Override
    public void installSnapshot(long link, long zxid) {
        server.synchronisationBegins();
        trace("installs snapshot", zxid, link);
        process.quorum().installSnapshot(link, zxid);
    }

    @Override
    public void commit(long zxid) {
        trace("commits", zxid, 0);
        process.replica().commit(zxid);
    }

    @Override
    public void roleChanged(PeerState role, long epoch, long leader) {
        trace("role " + role, epoch, leader);
        if (role == PeerState.LEADING) {
            world.checkers.leads(server, epoch, world.agenda.nowMicros());
        }
        if (role != PeerState.LOOKING && !process.storage().isUnsynced()) {
            server.servesWithEverything();
        }
        boolean removed = !process.node().membership().isVoter(server.id());
        if (world.options.mutant() != Mutant.REMOVED_LEADER_GOES_ON || !removed || !server.leads()) {
            process.replica().roleChanged(role, epoch);
        }
    }

    @Override
    public void request(long link, QuorumMessage.Request request) {
        process.replica().requested(link, request);
    }

    @Override
    public void synced() {
        process.replica().synced();
    }

    @Override
    public void touched(long link, List<QuorumMessage.TouchedSession> sessions) {
        process.replica().learnerTouched(sessions);
    }

    @Override
    public void revalidate(long link, long sessionId, int timeoutMillis) {
        process.replica().learnerAsks(link, sessionId);
    }

    @Override
    public void revalidated(long sessionId, boolean valid) {
        process.replica().revalidated(sessionId, valid);
    }

    @Override
    public void membershipChanged(Membership membership) {
        trace("members", membership.version(), membership.members().size());
        world.trace.say(
                "server " + server.id() + " goes by " + membership.text().replace("\n", " "));
        process.disk().act(() -> process.storage().saveMembers(membership), () -> {});
    }

    @Override
    public void stopped(String reason) {
        trace("stops", 0, 0);
        process.exit(reason);
    }
}
