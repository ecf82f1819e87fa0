package io.zookit.zab;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import io.zookit.model.Zxid;
import io.zookit.wire.ElectionGreeting;
import io.zookit.wire.ElectionNotification;
import io.zookit.wire.JuteReader;
import io.zookit.wire.JuteWriter;
import io.zookit.wire.PeerState;
import io.zookit.wire.QuorumMessage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The votes that Apache ZooKeeper 3.9.5 servers sent each other lead the core to their decisions, and to the bytes they answered. */
class CapturedVotesTest {
    @Test
    void aFirstElectionEndsTheSameWay() throws IOException {
        List<ElectionNotification> of2 = dialed("first-election-2to1");
        List<ElectionNotification> of3 = dialed("first-election-3to1");
        Voter one = new Voter(1, of3.get(0), StoredState.empty());
        one.node.electionLinkUp(2);
        one.node.electionLinkUp(3);
        one.node.voteReceived(2, of2.get(0));
        one.node.voteReceived(3, of3.get(0));
        one.node.voteReceived(2, of2.get(1));

        assertEquals(PeerState.FOLLOWING, one.node.state());
        assertEquals(3, one.node.leader());
        assertArrayEquals(bytes(answered("first-election-3to1")), bytes(one.sent(3)));
        assertArrayEquals(bytes(answered("first-election-2to1")), bytes(one.sent(2)));
    }

    @Test
    void theWinnerOfAFirstElectionLeads() throws IOException {
        List<ElectionNotification> of1 = answered("first-election-3to1");
        List<ElectionNotification> of2 = answered("first-election-3to2");
        Voter three = new Voter(3, of1.get(0), StoredState.empty());
        three.node.electionLinkUp(1);
        three.node.electionLinkUp(2);
        of1.forEach(vote -> three.node.voteReceived(1, vote));
        of2.forEach(vote -> three.node.voteReceived(2, vote));

        assertEquals(PeerState.LEADING, three.node.state());
        assertArrayEquals(bytes(dialed("first-election-3to1")), bytes(three.sent(1)));
    }

    @Test
    void aLateVoterFollowsWhoLeads() throws IOException {
        List<ElectionNotification> of1 = answered("late-voter-joins-3to1");
        List<ElectionNotification> of2 = answered("late-voter-joins-3to2-leader");
        Voter three = new Voter(3, of1.get(0), StoredState.empty());
        three.node.electionLinkUp(1);
        three.node.electionLinkUp(2);
        three.node.voteReceived(1, of1.get(0));
        three.node.voteReceived(1, of1.get(1));
        of2.forEach(vote -> three.node.voteReceived(2, vote));

        assertEquals(PeerState.FOLLOWING, three.node.state());
        assertEquals(2, three.node.leader());
        assertArrayEquals(bytes(dialed("late-voter-joins-3to2-leader")), bytes(three.sent(2)));
    }

    @Test
    void anObserverAsksAndObservesWhoLeads() throws IOException {
        List<ElectionNotification> asked = dialed("observer-joins-running-4to1-follower");
        Voter four = new Voter(4, asked.get(0), StoredState.empty());
        four.node.electionLinkUp(1);
        four.node.electionLinkUp(3);
        answered("observer-joins-running-4to1-follower").forEach(vote -> four.node.voteReceived(1, vote));
        answered("observer-joins-running-4to3-leader").forEach(vote -> four.node.voteReceived(3, vote));

        assertEquals(PeerState.OBSERVING, four.node.state());
        assertEquals(3, four.node.leader());
        assertArrayEquals(bytes(asked), bytes(four.sent(1)));
        assertArrayEquals(bytes(dialed("observer-joins-running-4to3-leader")), bytes(four.sent(3)));
    }

    /** A settled follower names the epoch that is established, with zxid and round of the election. */
    @Test
    void aSettledFollowerAnswersTheSame() throws IOException {
        List<ElectionNotification> asked = dialed("observer-joins-running-4to1-follower");
        List<ElectionNotification> answer = answered("observer-joins-running-4to1-follower");
        Voter one = new Voter(1, answer.get(0), StoredState.empty());
        one.becomeFollowerOf(3);
        one.node.electionLinkUp(4);
        one.node.voteReceived(4, asked.get(0));

        assertArrayEquals(bytes(answer), bytes(one.sent(4)));
    }

    // ---- captured bytes

    private static List<ElectionNotification> dialed(String name) throws IOException {
        JuteReader reader = JuteReader.of(captured(name + ".c2s.bin"));
        ElectionGreeting.read(reader);
        return votes(reader);
    }

    private static List<ElectionNotification> answered(String name) throws IOException {
        return votes(JuteReader.of(captured(name + ".s2c.bin")));
    }

    private static List<ElectionNotification> votes(JuteReader reader) {
        List<ElectionNotification> votes = new ArrayList<>();
        while (reader.remaining() > 0) {
            ElectionNotification vote = ElectionNotification.read(JuteReader.of(reader.readRaw(reader.readInt())));
            // A capture of a later round of the same servers holds more than one election.
            if (vote.round() == 1) {
                votes.add(vote);
            }
        }
        return votes;
    }

    private static byte[] bytes(List<ElectionNotification> votes) {
        JuteWriter writer = new JuteWriter(1024);
        votes.forEach(vote -> vote.write(writer));
        return writer.toByteArray();
    }

    private static byte[] captured(String file) throws IOException {
        try (InputStream in = CapturedVotesTest.class.getResourceAsStream("/vectors/election/" + file)) {
            return in.readAllBytes();
        }
    }

    /** A node that remembers its votes; its storage is done at once. */
    private static final class Voter extends QuietEffects {
        private final Map<Long, List<ElectionNotification>> sent = new HashMap<>();
        private final Membership membership;
        private long saved;
        final ZabNode node;

        Voter(long id, ElectionNotification withConfig, StoredState stored) {
            membership = Membership.parse(new String(withConfig.config(), StandardCharsets.UTF_8));
            node = new ZabNode(ZabSettings.of(id, 2000, 10, 5), membership, stored, 1, this);
            node.start(0);
        }

        List<ElectionNotification> sent(long to) {
            return sent.getOrDefault(to, List.of());
        }

        void becomeFollowerOf(long leader) {
            byte[] config = membership.text().getBytes(StandardCharsets.UTF_8);
            for (long id = 1; id <= 3; id++) {
                PeerState state = id == leader ? PeerState.LEADING : PeerState.FOLLOWING;
                node.voteReceived(id, new ElectionNotification(state, leader, 0, 1, 0, config));
            }
            node.leaderLinkUp(-1);
            node.received(-1, new QuorumMessage.LeaderInfo(1, 0x10000));
            node.epochsSaved(1, 0);
            node.received(-1, new QuorumMessage.Diff(0));
            node.received(-1, new QuorumMessage.NewLeader(1, config));
            node.epochsSaved(1, 1);
            node.received(-1, new QuorumMessage.UpToDate());
            assertEquals(Phase.BROADCAST, node.phase());
            assertEquals(2, saved);
            assertEquals(Zxid.of(0, 0), node.lastZxid());
        }

        @Override
        public void saveEpochs(long acceptedEpoch, long currentEpoch) {
            saved++;
        }

        @Override
        public void sendVote(long serverId, ElectionNotification vote) {
            sent.computeIfAbsent(serverId, id -> new ArrayList<>()).add(vote);
        }
    }
}
