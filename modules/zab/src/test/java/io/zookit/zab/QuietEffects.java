package io.zookit.zab;

import io.zookit.wire.ElectionNotification;
import io.zookit.wire.PeerState;
import io.zookit.wire.QuorumMessage;
import io.zookit.wire.QuorumMessage.TouchedSession;
import java.util.List;

/** Effects that a test does not care for. */
class QuietEffects implements ZabEffects {
    @Override
    public void sendVote(long serverId, ElectionNotification vote) {}

    @Override
    public void connectElection(long serverId) {}

    @Override
    public void connectLeader(long link, long serverId) {}

    @Override
    public void send(long link, QuorumMessage message) {}

    @Override
    public void closeLink(long link, String reason) {}

    @Override
    public void sendLog(long link, long afterZxid, long throughZxid) {}

    @Override
    public void sendSnapshot(long link, long atLeastZxid) {}

    @Override
    public void append(long zxid, byte[] record) {}

    @Override
    public void saveEpochs(long acceptedEpoch, long currentEpoch) {}

    @Override
    public void saveUnsynced(boolean unsynced) {}

    @Override
    public void truncate(long zxid) {}

    @Override
    public void reload() {}

    @Override
    public void installSnapshot(long link, long zxid) {}

    @Override
    public void commit(long zxid) {}

    @Override
    public void roleChanged(PeerState role, long epoch, long leader) {}

    @Override
    public void request(long link, QuorumMessage.Request request) {}

    @Override
    public void synced() {}

    @Override
    public void touched(long link, List<TouchedSession> sessions) {}

    @Override
    public void revalidate(long link, long sessionId, int timeoutMillis) {}

    @Override
    public void revalidated(long sessionId, boolean valid) {}

    @Override
    public void membershipChanged(Membership membership) {}

    @Override
    public void stopped(String reason) {}
}
