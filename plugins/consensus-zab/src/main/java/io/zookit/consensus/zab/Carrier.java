package io.zookit.consensus.zab;

import io.zookit.spi.consensus.EnsembleReplica;
import io.zookit.spi.consensus.ForwardedRequest;
import io.zookit.spi.consensus.Role;
import io.zookit.spi.consensus.TouchedSession;
import io.zookit.wire.ElectionNotification;
import io.zookit.wire.PeerState;
import io.zookit.wire.QuorumMessage;
import io.zookit.zab.Membership;
import io.zookit.zab.ZabEffects;
import io.zookit.zab.ZabNode;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Carries the effects of the core to those they concern. Called by the node, on the loop. */
final class Carrier implements ZabEffects {
    private static final Logger LOG = LoggerFactory.getLogger(Carrier.class);

    private final EnsembleReplica replica;
    private final ElectionLinks elections;
    private final QuorumLinks quorum;
    private final StorageBridge storage;
    private final StateTransfer transfer;
    private final MemberPlaces places;
    private final Consumer<Membership> members;
    private final EmptyStart empty;
    private @Nullable ZabNode node;
    private volatile String mode = "looking";

    Carrier(
            EnsembleReplica replica,
            ElectionLinks elections,
            QuorumLinks quorum,
            StorageBridge storage,
            StateTransfer transfer,
            MemberPlaces places,
            Consumer<Membership> members,
            EmptyStart empty) {
        this.replica = replica;
        this.elections = elections;
        this.quorum = quorum;
        this.storage = storage;
        this.transfer = transfer;
        this.places = places;
        this.members = members;
        this.empty = empty;
    }

    /** Tells the members the server begins with. On the loop, before the node starts. */
    void begin(ZabNode node) {
        this.node = node;
        places.update(node);
        replica.membershipChanged(node.membership().text());
    }

    /** Before somebody hears of what makes him ask about the members. */
    private void updatePlaces() {
        if (node != null) {
            places.update(node);
        }
    }

    /** The role as a word. Any thread. */
    String mode() {
        return mode;
    }

    @Override
    public void sendVote(long serverId, ElectionNotification vote) {
        elections.send(serverId, vote);
    }

    @Override
    public void connectElection(long serverId) {
        updatePlaces();
        elections.connect(serverId);
    }

    @Override
    public void connectLeader(long link, long serverId) {
        updatePlaces();
        quorum.connect(link, serverId);
    }

    @Override
    public void send(long link, QuorumMessage message) {
        quorum.send(link, message);
    }

    @Override
    public void closeLink(long link, String reason) {
        quorum.close(link, reason);
    }

    @Override
    public void sendLog(long link, long afterZxid, long throughZxid) {
        transfer.sendLog(link, afterZxid, throughZxid);
    }

    @Override
    public void sendSnapshot(long link, long atLeastZxid) {
        transfer.sendSnapshot(link, atLeastZxid);
    }

    @Override
    public void append(long zxid, byte[] record) {
        storage.append(zxid, record);
    }

    @Override
    public void saveEpochs(long acceptedEpoch, long currentEpoch) {
        storage.saveEpochs(acceptedEpoch, currentEpoch);
    }

    @Override
    public void saveUnsynced(boolean unsynced) {
        storage.saveUnsynced(unsynced);
    }

    @Override
    public void truncate(long zxid) {
        storage.truncate(zxid);
    }

    @Override
    public void reload() {
        storage.reload();
    }

    @Override
    public void installSnapshot(long link, long zxid) {
        transfer.receiveSnapshot(link, zxid);
    }

    @Override
    public void commit(long zxid) {
        updatePlaces();
        replica.committed(zxid);
    }

    @Override
    public void roleChanged(PeerState state, long epoch, long leader) {
        Role role = role(state);
        mode = word(role);
        transfer.roleChanged();
        if (role == Role.LOOKING) {
            LOG.info("looking for a leader");
        } else {
            LOG.info("{} in epoch {}, the leader is server {}", mode, epoch, leader);
            empty.done();
        }
        replica.roleChanged(role, epoch);
    }

    private static Role role(PeerState state) {
        return switch (state) {
            case LOOKING -> Role.LOOKING;
            case FOLLOWING -> Role.FOLLOWING;
            case LEADING -> Role.LEADING;
            case OBSERVING -> Role.OBSERVING;
        };
    }

    private static String word(Role role) {
        return switch (role) {
            case LOOKING -> "looking";
            case FOLLOWING -> "follower";
            case LEADING -> "leader";
            case OBSERVING -> "observer";
        };
    }

    @Override
    public void request(long link, QuorumMessage.Request request) {
        replica.requested(
                link,
                new ForwardedRequest(
                        request.sessionId(), request.cxid(), request.opCode(), request.body(), request.ids()));
    }

    @Override
    public void synced() {
        replica.synced();
    }

    @Override
    public void touched(long link, List<QuorumMessage.TouchedSession> sessions) {
        replica.touched(
                link,
                sessions.stream()
                        .map(session -> new TouchedSession(session.sessionId(), session.timeoutMillis()))
                        .toList());
    }

    @Override
    public void revalidate(long link, long sessionId, int timeoutMillis) {
        replica.revalidate(link, sessionId, timeoutMillis);
    }

    @Override
    public void revalidated(long sessionId, boolean valid) {
        replica.revalidated(sessionId, valid);
    }

    @Override
    public void membershipChanged(Membership membership) {
        updatePlaces();
        members.accept(membership);
        replica.membershipChanged(membership.text());
    }

    @Override
    public void abstains(long serverId) {
        empty.abstains(serverId);
    }

    @Override
    public void stopped(String reason) {
        LOG.error("this server takes part in the ensemble no more: {}", reason);
        mode = "stopped";
        replica.stopped(reason);
    }
}
