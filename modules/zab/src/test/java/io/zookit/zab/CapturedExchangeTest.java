package io.zookit.zab;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.zookit.model.Zxid;
import io.zookit.wire.ElectionNotification;
import io.zookit.wire.JuteWriter;
import io.zookit.wire.LearnerInfo;
import io.zookit.wire.PeerState;
import io.zookit.wire.QuorumCodec;
import io.zookit.wire.QuorumMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What Apache ZooKeeper 3.9.5 servers sent each other is played to the core, in the place of one of them: as a learner it answers as
 * the learner did, as a leader it sends the bytes that the leader sent.
 */
class CapturedExchangeTest {
    private static final byte[] SNAPSHOT_END = "\0\0\0\nBenWasHere".getBytes(StandardCharsets.ISO_8859_1);
    private static final long LEADER = 3;

    // ---- as a learner

    @Test
    void aFollowerTakesADiff() throws IOException {
        History history = new History(0, Zxid.of(1, 13), List.of(Zxid.of(1, 13)));
        Played played = asLearner("follower-diff-15txns", 2, new StoredState(1, 1, history), false);
        assertEquals(Zxid.of(2, 15), played.node.committedZxid());
        assertEquals(15, played.appended.size());
    }

    @Test
    void aFollowerTakesAnEmptyDiffThenBroadcastAndReconfigurations() throws IOException {
        Played played = asLearner("follower-emptydiff-then-broadcast-and-reconfig", 2, StoredState.empty(), true);
        assertEquals(Zxid.of(1, 7), played.node.committedZxid());
        assertEquals(Zxid.of(1, 6), played.node.membership().version());
        assertEquals(List.of("0x100000000", "0x100000002", "0x100000004", "0x100000006"), played.membershipVersions);
    }

    @Test
    void aFollowerIsCutBack() throws IOException {
        History history = new History(0, Zxid.of(2, 16), List.of(Zxid.of(1, 13), Zxid.of(2, 16)));
        Played played = asLearner("follower-trunc", 2, new StoredState(2, 1, history), false);
        assertEquals(Zxid.of(2, 15), played.node.lastZxid());
    }

    @Test
    void anEmptyFollowerTakesASnapshot() throws IOException {
        Played played = asLearner("follower-snap", 1, StoredState.empty(), false);
        assertEquals(Zxid.of(2, 15), played.node.committedZxid());
    }

    @Test
    void aFollowerForwardsAndIsAnswered() throws IOException {
        History history = new History(0, Zxid.of(1, 13), List.of(Zxid.of(1, 13)));
        Played played =
                asLearner("follower-requests-sync-sessionmoved-revalidate", 1, new StoredState(1, 1, history), false);
        assertEquals(Zxid.of(2, 15), played.node.committedZxid());
        assertEquals(1, played.synced);
        assertEquals(List.of("1000011519d7777 false"), played.revalidated);
    }

    @Test
    void anObserverTakesADiffAndHearsWhatIsDecided() throws IOException {
        History history = new History(0, Zxid.of(1, 6), List.of(Zxid.of(1, 6)));
        Played played = asLearner("observer-diff-inform-revalidate", 4, new StoredState(1, 1, history), false);
        assertEquals(Zxid.of(2, 15), played.node.committedZxid());
        assertEquals(PeerState.OBSERVING, played.node.state());
        assertEquals(1, played.synced);
        assertEquals(List.of("1000011519d0001 true"), played.revalidated);
    }

    @Test
    void anObserverHearsOfAReconfiguration() throws IOException {
        History history = History.startingAt(Zxid.of(1, 2));
        Played played = asLearner("observer-inform-informandactivate", 4, new StoredState(1, 1, history), true);
        assertEquals(Zxid.of(1, 4), played.node.membership().version());
    }

    @Test
    void aFollowerLeavesALeaderOfALowerEpoch() throws IOException {
        Played played = new Played(false);
        played.begin(2, membershipOf("follower-trunc.s2c.bin"), new StoredState(5, 1, History.EMPTY));
        played.followLeader();
        for (QuorumMessage message : messages(captured("follower-rejects-lower-epoch.s2c.bin"))) {
            played.say(message);
        }
        assertEquals(messages(captured("follower-rejects-lower-epoch.c2s.bin")), played.sent);
        assertEquals(PeerState.LOOKING, played.node.state());
    }

    private static Played asLearner(String name, long serverId, StoredState stored, boolean reconfig)
            throws IOException {
        Played played = new Played(reconfig);
        Membership membership = membershipOf(name + ".s2c.bin");
        Membership known = serverId == 4 ? membership : membership.withVersion(0);
        played.begin(serverId, known, stored);
        played.followLeader();
        for (QuorumMessage message : messages(captured(name + ".s2c.bin"))) {
            played.say(message);
        }
        List<QuorumMessage> learner = messages(captured(name + ".c2s.bin"));
        assertEquals(handshake(learner), handshake(played.sent));
        assertEquals(acks(learner), acks(played.sent));
        assertEquals(pongs(learner), pongs(played.sent));
        return played;
    }

    /** The configuration version is what the server knew from its files; it is not compared. */
    private static List<QuorumMessage> handshake(List<QuorumMessage> messages) {
        List<QuorumMessage> handshake = new ArrayList<>();
        for (QuorumMessage message : messages) {
            if (message instanceof QuorumMessage.FollowerInfo info) {
                handshake.add(new QuorumMessage.FollowerInfo(info.acceptedEpoch(), plain(info.info())));
            } else if (message instanceof QuorumMessage.ObserverInfo info) {
                handshake.add(new QuorumMessage.ObserverInfo(info.acceptedEpoch(), plain(info.info())));
            } else if (message instanceof QuorumMessage.AckEpoch) {
                handshake.add(message);
            }
        }
        return handshake;
    }

    private static LearnerInfo plain(LearnerInfo info) {
        return new LearnerInfo(info.serverId(), info.protocolVersion(), 0);
    }

    private static List<QuorumMessage> acks(List<QuorumMessage> messages) {
        return messages.stream().filter(QuorumMessage.Ack.class::isInstance).toList();
    }

    private static List<Long> pongs(List<QuorumMessage> messages) {
        return messages.stream()
                .filter(QuorumMessage.Pong.class::isInstance)
                .map(message -> ((QuorumMessage.Pong) message).zxid())
                .toList();
    }

    // ---- as the leader

    @Test
    void aLeaderSendsTheSameDiff() throws IOException {
        assertSameBytes("follower-diff-15txns", leadingWithFifteen());
    }

    @Test
    void aLeaderSendsTheSameTrunc() throws IOException {
        assertSameBytes("follower-trunc", leadingWithFifteen());
    }

    @Test
    void aLeaderSendsASnapshotToTheSameLearner() throws IOException {
        Played played = leadingWithFifteen();
        List<QuorumMessage> learner = messages(captured("follower-snap.c2s.bin"));
        played.node.learnerLinkUp(77);
        played.sentTo.clear();
        played.node.received(77, learner.get(0));
        played.node.received(77, learner.get(1));
        assertEquals(List.of(0L), played.snapshotsAsked);
        played.sentTo.add(new QuorumMessage.Snap(Zxid.of(2, 15)));
        played.node.snapshotSent(77, Zxid.of(2, 15));
        played.node.received(77, learner.get(2));
        assertEquals(kinds(withoutPings("follower-snap.s2c.bin")), kinds(played.sentTo));
    }

    @Test
    void aLeaderSendsTheSameLogAndTheSameNewsToAnObserver() throws IOException {
        Played played = leadingSecondEpoch();
        List<QuorumMessage> learner = messages(captured("observer-diff-inform-revalidate.c2s.bin"));
        played.node.learnerLinkUp(77);
        played.sentTo.clear();
        for (int i = 0; i < 4; i++) {
            played.node.received(77, learner.get(i));
            played.settle();
        }
        proposeCaptured(played, "observer-diff-inform-revalidate.s2c.bin");
        List<QuorumMessage> expected = messages(captured("observer-diff-inform-revalidate.s2c.bin")).stream()
                .filter(message -> !(message instanceof QuorumMessage.Ping
                        || message instanceof QuorumMessage.Sync
                        || message instanceof QuorumMessage.Revalidated))
                .toList();
        assertArrayEquals(bytes(expected), bytes(played.sentTo));
    }

    private static void assertSameBytes(String name, Played played) throws IOException {
        played.node.learnerLinkUp(77);
        played.sentTo.clear();
        for (QuorumMessage message : messages(captured(name + ".c2s.bin"))) {
            if (message instanceof QuorumMessage.Pong) {
                break;
            }
            played.node.received(77, message);
        }
        assertArrayEquals(bytes(withoutPings(name + ".s2c.bin")), bytes(played.sentTo));
    }

    private static List<QuorumMessage> withoutPings(String file) throws IOException {
        return messages(captured(file)).stream()
                .filter(message -> !(message instanceof QuorumMessage.Ping))
                .toList();
    }

    private static Played leadingWithFifteen() throws IOException {
        Played played = leadingSecondEpoch();
        proposeCaptured(played, "follower-diff-15txns.s2c.bin");
        return played;
    }

    /** Server 3 with the history that the captured leader had of the first epoch, at the beginning of the second. */
    private static Played leadingSecondEpoch() throws IOException {
        Played played = new Played(false);
        History history = new History(0, Zxid.of(1, 13), List.of(Zxid.of(1, 13)));
        played.begin(LEADER, membershipOf("follower-diff-15txns.s2c.bin"), new StoredState(1, 1, history));
        for (QuorumMessage message : messages(captured("observer-diff-inform-revalidate.s2c.bin"))) {
            if (message instanceof QuorumMessage.Proposal proposal) {
                played.onDisk.put(proposal.zxid(), proposal.txn());
            }
        }
        played.node.electionLinkUp(1);
        played.vote(1, PeerState.LOOKING, Zxid.of(1, 13), 1, 1);
        played.node.learnerLinkUp(5);
        played.node.received(5, new QuorumMessage.FollowerInfo(1, new LearnerInfo(1, 0x10000, 0)));
        played.settle();
        played.node.received(5, new QuorumMessage.AckEpoch(Zxid.of(1, 13), 1));
        played.settle();
        played.node.received(5, new QuorumMessage.Ack(Zxid.of(2, 0)));
        assertEquals(Phase.BROADCAST, played.node.phase());
        return played;
    }

    /** Lets the leader propose, and its first follower acknowledge, what a capture holds of the second epoch. */
    private static void proposeCaptured(Played played, String file) throws IOException {
        for (QuorumMessage message : messages(captured(file))) {
            if (message instanceof QuorumMessage.Inform inform) {
                propose(played, inform.zxid(), inform.txn());
            } else if (message instanceof QuorumMessage.Proposal proposal && Zxid.epoch(proposal.zxid()) == 2) {
                propose(played, proposal.zxid(), proposal.txn());
            }
        }
    }

    private static void propose(Played played, long zxid, byte[] txn) {
        assertTrue(played.node.propose(zxid, txn));
        played.settle();
        played.node.received(5, new QuorumMessage.Ack(zxid));
    }

    // ---- captured bytes

    private static Membership membershipOf(String file) throws IOException {
        for (QuorumMessage message : messages(captured(file))) {
            if (message instanceof QuorumMessage.NewLeader newLeader) {
                String text = new String(newLeader.config(), StandardCharsets.UTF_8);
                assertEquals(text, Membership.parse(text).text());
                return Membership.parse(text);
            }
        }
        throw new AssertionError(file + " has no NEWLEADER");
    }

    private static List<String> kinds(List<QuorumMessage> messages) {
        return messages.stream().map(TranscriptText::text).toList();
    }

    private static byte[] bytes(List<QuorumMessage> messages) {
        JuteWriter writer = new JuteWriter(1024);
        messages.forEach(message -> QuorumCodec.write(writer, message));
        return writer.toByteArray();
    }

    private static List<QuorumMessage> messages(byte[] captured) {
        ByteBuffer bytes = ByteBuffer.wrap(captured);
        List<QuorumMessage> messages = new ArrayList<>();
        while (bytes.hasRemaining()) {
            QuorumMessage message = QuorumCodec.read(bytes, 1 << 20);
            messages.add(message);
            if (message instanceof QuorumMessage.Snap) {
                int end = bytes.position();
                while (!Arrays.equals(captured, end, end + SNAPSHOT_END.length, SNAPSHOT_END, 0, SNAPSHOT_END.length)) {
                    end++;
                }
                bytes.position(end + SNAPSHOT_END.length);
            }
        }
        return messages;
    }

    private static byte[] captured(String file) throws IOException {
        try (InputStream in = CapturedExchangeTest.class.getResourceAsStream("/vectors/quorum/" + file)) {
            return in.readAllBytes();
        }
    }

    /** A node whose storage is done at once, and everything it sent. */
    private static final class Played extends QuietEffects {
        final List<QuorumMessage> sent = new ArrayList<>();
        final List<QuorumMessage> sentTo = new ArrayList<>();
        final List<Long> appended = new ArrayList<>();
        final List<Long> snapshotsAsked = new ArrayList<>();
        final List<String> membershipVersions = new ArrayList<>();
        final List<String> revalidated = new ArrayList<>();
        final Map<Long, byte[]> onDisk = new TreeMap<>();
        private final List<Runnable> events = new ArrayList<>();
        private final boolean reconfig;
        int synced;
        ZabNode node;
        private Membership membership;
        private long link;

        Played(boolean reconfig) {
            this.reconfig = reconfig;
        }

        void begin(long serverId, Membership known, StoredState stored) {
            membership = known;
            ZabSettings settings = ZabSettings.of(serverId, 2000, 10, 5).withReconfig(reconfig);
            node = new ZabNode(settings, known, stored, 1, this);
            node.start(0);
        }

        void followLeader() {
            for (long id : new long[] {1, 2, LEADER}) {
                vote(id, id == LEADER ? PeerState.LEADING : PeerState.FOLLOWING, 0, 7, 1);
            }
            settle();
            node.leaderLinkUp(link);
        }

        void vote(long from, PeerState state, long zxid, long round, long epoch) {
            byte[] config = membership.text().getBytes(StandardCharsets.UTF_8);
            node.voteReceived(from, new ElectionNotification(state, LEADER, zxid, round, epoch, config));
        }

        void say(QuorumMessage message) {
            node.received(link, message);
            settle();
        }

        void settle() {
            while (!events.isEmpty()) {
                events.remove(0).run();
            }
        }

        @Override
        public void connectLeader(long newLink, long serverId) {
            assertEquals(LEADER, serverId);
            link = newLink;
        }

        @Override
        public void send(long to, QuorumMessage message) {
            sent.add(message);
            if (to == 77) {
                sentTo.add(message);
            }
        }

        @Override
        public void sendLog(long to, long afterZxid, long throughZxid) {
            onDisk.forEach((zxid, txn) -> {
                if (zxid > afterZxid && zxid <= throughZxid) {
                    send(to, new QuorumMessage.Proposal(zxid, txn));
                    send(to, new QuorumMessage.Commit(zxid));
                }
            });
            events.add(() -> node.logSent(to));
        }

        @Override
        public void sendSnapshot(long to, long atLeastZxid) {
            snapshotsAsked.add(atLeastZxid);
        }

        @Override
        public void append(long zxid, byte[] record) {
            appended.add(zxid);
            events.add(() -> node.appended(zxid));
        }

        @Override
        public void saveEpochs(long acceptedEpoch, long currentEpoch) {
            events.add(() -> node.epochsSaved(acceptedEpoch, currentEpoch));
        }

        @Override
        public void truncate(long zxid) {
            events.add(() -> node.truncated(zxid));
        }

        @Override
        public void reload() {
            events.add(() -> node.stateReloaded());
        }

        @Override
        public void installSnapshot(long from, long zxid) {
            events.add(() -> node.snapshotInstalled(zxid));
        }

        @Override
        public void synced() {
            synced++;
        }

        @Override
        public void revalidated(long sessionId, boolean valid) {
            revalidated.add(Long.toHexString(sessionId) + " " + valid);
        }

        @Override
        public void membershipChanged(Membership changed) {
            membershipVersions.add(Zxid.text(changed.version()));
        }
    }
}
