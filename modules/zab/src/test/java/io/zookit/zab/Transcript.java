package io.zookit.zab;

import static io.zookit.zab.TranscriptText.name;
import static io.zookit.zab.TranscriptText.number;
import static io.zookit.zab.TranscriptText.text;
import static io.zookit.zab.TranscriptText.zxid;

import io.zookit.model.OpCode;
import io.zookit.model.Txn;
import io.zookit.model.TxnHeader;
import io.zookit.wire.ElectionNotification;
import io.zookit.wire.JuteWriter;
import io.zookit.wire.LearnerInfo;
import io.zookit.wire.PeerState;
import io.zookit.wire.QuorumMessage;
import io.zookit.wire.QuorumMessage.TouchedSession;
import io.zookit.wire.TxnCodec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * One node, played by hand. A transcript is text: a line at the margin is an event (or a comment, or empty), the indented lines after
 * it are the effects it had, in order. Zxids are written {@code epoch/counter}.
 *
 * <pre>
 *   server 1 of 1 2 3 +4 log 1/5 accepted 1 current 1     the node; +4 is an observer
 *   start · time 50 · up 2 · down 2 · vote 2 LOOKING 3 1/5 round 1 epoch 1
 *   learner 7 · leader -1 · cut 7 · from 7 ACK 1/0
 *   server 1 of 1 2 3 empty AMONG_EMPTY unsynced yes · marked · unmarked
 *   appended 1/6 · saved 2 1 · truncated 1/4 · reloaded · installed 2/8 · abandoned
 *   propose 2/1 · reconfigure 2/2 1 2 +3 · sync · look
 *   server 1 of 1 2 3 version 1/2 reconfig on · recovered 2/2 1 2 3 4     memberships are adopted, and shown
 *   vote 2 LOOKING 3 1/5 round 1 epoch 1 members 2/2 1 2 3 · from -1 NEWLEADER 3 members 2/2 1 2 3
 * </pre>
 */
final class Transcript implements ZabEffects {
    private final List<String> effects = new ArrayList<>();
    private ZabNode node;
    private Membership membership;
    private boolean reconfig;
    private long now;

    /** Plays a transcript; the same text with the effects that there really were. */
    String play(String text) {
        StringBuilder played = new StringBuilder();
        for (String line : text.split("\n", -1)) {
            if (line.startsWith("    ")) {
                continue;
            }
            played.append(line).append('\n');
            if (!line.isBlank() && !line.startsWith("#")) {
                effects.clear();
                event(line.strip().split(" +"));
                effects.forEach(effect -> played.append("    ").append(effect).append('\n'));
            }
        }
        return played.toString().stripTrailing() + "\n";
    }

    // ---- events

    private void event(String[] words) {
        switch (words[0]) {
            case "server" -> begin(words);
            case "recovered" -> node.recoveredMembership(named(words, 1));
            case "start" -> node.start(now);
            case "time" -> time(Long.parseLong(words[1]));
            case "up" -> node.electionLinkUp(number(words[1]));
            case "down" -> node.electionLinkDown(number(words[1]));
            case "vote" -> node.voteReceived(number(words[1]), vote(words));
            case "learner" -> node.learnerLinkUp(number(words[1]));
            case "leader" -> node.leaderLinkUp(number(words[1]));
            case "cut" -> node.linkDown(number(words[1]));
            case "from" -> node.received(number(words[1]), message(words));
            case "appended" -> node.appended(zxid(words[1]));
            case "saved" -> node.epochsSaved(number(words[1]), number(words[2]));
            case "marked" -> node.unsyncedSaved(true);
            case "unmarked" -> node.unsyncedSaved(false);
            case "truncated" -> node.truncated(zxid(words[1]));
            case "reloaded" -> node.stateReloaded();
            case "snapshot-members" -> node.snapshotMembers(named(words, 1));
            case "installed" -> node.snapshotInstalled(zxid(words[1]));
            case "abandoned" -> node.snapshotAbandoned();
            case "snapshot-sent" -> node.snapshotSent(number(words[1]), zxid(words[2]));
            case "log-sent" -> node.logSent(number(words[1]));
            case "purged" -> node.purged(zxid(words[1]));
            case "failed" -> node.storageFailed("disk full");
            case "propose" -> propose(zxid(words[1]));
            case "reconfigure" -> {
                if (!node.propose(zxid(words[1]), reconfiguration(words, 1, 2))) {
                    effects.add("refused");
                }
            }
            case "sync" -> node.sync();
            case "sync-for" -> node.syncFor(number(words[1]));
            case "forward" -> node.forward(new QuorumMessage.Request(1, 1, 1, new byte[0], null));
            case "revalidate" -> node.revalidate(number(words[1]), 4000);
            case "revalidated" -> node.revalidated(number(words[1]), number(words[2]), true);
            case "touched" -> node.touched(number(words[1]), 4000);
            case "look" ->
                effects.add(node.state() + " " + node.phase() + ", last " + text(node.lastZxid()) + ", committed "
                        + text(node.committedZxid()) + ", accepted " + node.acceptedEpoch() + ", current "
                        + node.currentEpoch());
            default -> throw new IllegalArgumentException("no event is called " + words[0]);
        }
    }

    private void begin(String[] words) {
        int i = 3;
        while (i < words.length && isMember(words[i])) {
            i++;
        }
        Map<String, String> options = new TreeMap<>();
        for (; i + 1 < words.length; i += 2) {
            options.put(words[i], words[i + 1]);
        }
        long after = zxid(options.getOrDefault("after", "0/0"));
        List<Long> ends = new ArrayList<>();
        for (String end : options.getOrDefault("log", "").split(",")) {
            if (!end.isEmpty()) {
                ends.add(zxid(end));
            }
        }
        long last = ends.isEmpty() ? after : ends.get(ends.size() - 1);
        membership = Membership.parse(members(words, 3)).withVersion(zxid(options.getOrDefault("version", "0/0")));
        ZabSettings settings = ZabSettings.of(number(words[1]), 200, 10, 5)
                .withHistory(4, 1 << 20, Long.parseLong(options.getOrDefault("disk", "100")))
                .withBounds(
                        Long.parseLong(options.getOrDefault("link", "1000000")),
                        Long.parseLong(options.getOrDefault("counter", "1000000")))
                .withReconfig(options.containsKey("reconfig"));
        StoredState stored = new StoredState(
                Long.parseLong(options.getOrDefault("accepted", "0")),
                Long.parseLong(options.getOrDefault("current", "0")),
                new History(after, last, ends),
                EmptyVote.valueOf(options.getOrDefault("empty", "ALWAYS")),
                options.containsKey("unsynced"));
        reconfig = options.containsKey("reconfig");
        node = new ZabNode(settings, membership, stored, 1, this);
    }

    private static boolean isMember(String word) {
        return word.matches("\\+?[0-9]+");
    }

    /** The members from a word on: ids of voters, and of observers after a plus. */
    private static String members(String[] words, int from) {
        StringBuilder members = new StringBuilder();
        for (int i = from; i < words.length && isMember(words[i]); i++) {
            boolean observer = words[i].startsWith("+");
            String id = observer ? words[i].substring(1) : words[i];
            members.append("server.").append(id).append("=h").append(id).append(":1:2");
            members.append(observer ? ":observer" : "").append('\n');
        }
        return members.toString();
    }

    private static byte[] reconfiguration(String[] words, int zxid, int members) {
        byte[] text = members(words, members).getBytes(StandardCharsets.UTF_8);
        JuteWriter writer = new JuteWriter(256);
        Txn txn = new Txn.SetData(OpCode.RECONFIG, "/zookeeper/config", text, -1);
        TxnCodec.write(writer, new TxnHeader(1, 1, zxid(words[zxid]), 0), txn, null);
        return writer.toByteArray();
    }

    /** In steps of ten milliseconds, as a driver would with its deadlines. */
    private void time(long millis) {
        for (long end = now + millis; now < end; ) {
            now += 10;
            node.tick(now);
        }
    }

    private void propose(long zxid) {
        if (!node.propose(zxid, new byte[] {(byte) zxid})) {
            effects.add("refused");
        }
    }

    private ElectionNotification vote(String[] words) {
        return new ElectionNotification(
                PeerState.valueOf(words[2]),
                words[3].equals("-") ? Membership.NOBODY : number(words[3]),
                words[4].equals("-") ? Membership.NOBODY : zxid(words[4]),
                number(words[6]),
                words[8].equals("-") ? Membership.NOBODY : number(words[8]),
                bytes(words.length > 9 ? named(words, 10) : membership));
    }

    /** Words: 10/1 1 2 3. */
    private static Membership named(String[] words, int from) {
        return Membership.parse(members(words, from + 1)).withVersion(zxid(words[from]));
    }

    private static byte[] bytes(Membership membership) {
        return membership.text().getBytes(StandardCharsets.UTF_8);
    }

    private static QuorumMessage message(String[] words) {
        return switch (words[2]) {
            case "FOLLOWERINFO" -> new QuorumMessage.FollowerInfo(number(words[4]), info(words));
            case "OBSERVERINFO" -> new QuorumMessage.ObserverInfo(number(words[4]), info(words));
            case "LEADERINFO" -> new QuorumMessage.LeaderInfo(number(words[3]), LearnerInfo.PROTOCOL_VERSION);
            case "ACKEPOCH" -> new QuorumMessage.AckEpoch(zxid(words[3]), (int) number(words[5]));
            case "DIFF" -> new QuorumMessage.Diff(zxid(words[3]));
            case "TRUNC" -> new QuorumMessage.Trunc(zxid(words[3]));
            case "SNAP" -> new QuorumMessage.Snap(zxid(words[3]));
            case "NEWLEADER" ->
                new QuorumMessage.NewLeader(number(words[3]), words.length > 4 ? bytes(named(words, 5)) : null);
            case "UPTODATE" -> new QuorumMessage.UpToDate();
            case "PROPOSAL" -> new QuorumMessage.Proposal(zxid(words[3]), new byte[] {1});
            case "RECONFIGURATION" -> new QuorumMessage.Proposal(zxid(words[3]), reconfiguration(words, 3, 4));
            case "ACTIVATE" -> new QuorumMessage.CommitAndActivate(zxid(words[3]), number(words[5]));
            case "INFORMANDACTIVATE" ->
                new QuorumMessage.InformAndActivate(zxid(words[3]), number(words[5]), reconfiguration(words, 3, 6));
            case "INFORM" -> new QuorumMessage.Inform(zxid(words[3]), new byte[] {1});
            case "COMMIT" -> new QuorumMessage.Commit(zxid(words[3]));
            case "ACK" -> new QuorumMessage.Ack(zxid(words[3]));
            case "PING" -> new QuorumMessage.Ping(zxid(words[3]));
            case "PONG" -> new QuorumMessage.Pong(zxid(words[3]), List.of());
            case "SYNC" -> new QuorumMessage.Sync();
            case "REQUEST" -> new QuorumMessage.Request(5, 1, (int) number(words[3]), new byte[0], null);
            case "REVALIDATE" -> new QuorumMessage.Revalidate(number(words[3]), 4000);
            case "REVALIDATED" -> new QuorumMessage.Revalidated(number(words[3]), true);
            default -> throw new IllegalArgumentException("no message is called " + words[2]);
        };
    }

    /** Words: from 7 FOLLOWERINFO accepted 0 server 2, and perhaps version 1/1. */
    private static LearnerInfo info(String[] words) {
        long version = words.length > 8 ? zxid(words[8]) : 0;
        return new LearnerInfo(number(words[6]), LearnerInfo.PROTOCOL_VERSION, version);
    }

    // ---- effects

    @Override
    public void sendVote(long serverId, ElectionNotification vote) {
        effects.add("vote to " + serverId + ": " + vote.state() + " " + name(vote.leader()) + " " + text(vote.zxid())
                + " round " + vote.round() + " epoch " + name(vote.peerEpoch()) + config(vote.config()));
    }

    @Override
    public void connectElection(long serverId) {
        effects.add("connect election " + serverId);
    }

    @Override
    public void connectLeader(long link, long serverId) {
        effects.add("connect leader " + serverId + " as " + link);
    }

    @Override
    public void send(long link, QuorumMessage message) {
        byte[] config = message instanceof QuorumMessage.NewLeader newLeader ? newLeader.config() : null;
        effects.add("to " + link + ": " + text(message) + config(config));
    }

    /** The membership in a message, where such things are looked at. */
    private String config(byte @Nullable [] config) {
        if (!reconfig || config == null) {
            return "";
        }
        Membership sent = Membership.parse(new String(config, StandardCharsets.UTF_8));
        return " members " + sent.members().keySet() + " version " + text(sent.version());
    }

    @Override
    public void closeLink(long link, String reason) {
        effects.add("close " + link + ": " + reason);
    }

    @Override
    public void sendLog(long link, long afterZxid, long throughZxid) {
        effects.add("to " + link + ": the log after " + text(afterZxid) + " through " + text(throughZxid));
    }

    @Override
    public void sendSnapshot(long link, long atLeastZxid) {
        effects.add("to " + link + ": SNAP of at least " + text(atLeastZxid));
    }

    @Override
    public void append(long zxid, byte[] record) {
        effects.add("append " + text(zxid));
    }

    @Override
    public void saveEpochs(long acceptedEpoch, long currentEpoch) {
        effects.add("save epochs " + acceptedEpoch + " " + currentEpoch);
    }

    @Override
    public void saveUnsynced(boolean unsynced) {
        effects.add(unsynced ? "mark as unsynced" : "remove the mark");
    }

    @Override
    public void truncate(long zxid) {
        effects.add("truncate after " + text(zxid));
    }

    @Override
    public void reload() {
        effects.add("reload");
    }

    @Override
    public void installSnapshot(long link, long zxid) {
        effects.add("install snapshot " + text(zxid) + " from " + link);
    }

    @Override
    public void commit(long zxid) {
        effects.add("commit " + text(zxid));
    }

    @Override
    public void roleChanged(PeerState role, long epoch, long leader) {
        effects.add("role " + role + " epoch " + epoch + " leader " + name(leader));
    }

    @Override
    public void request(long link, QuorumMessage.Request request) {
        effects.add("request " + request.opCode() + " of " + link);
    }

    @Override
    public void synced() {
        effects.add("synced");
    }

    @Override
    public void touched(long link, List<TouchedSession> sessions) {
        effects.add("touched by " + link + ": " + sessions.size());
    }

    @Override
    public void revalidate(long link, long sessionId, int timeoutMillis) {
        effects.add("revalidate " + sessionId + " of " + link);
    }

    @Override
    public void revalidated(long sessionId, boolean valid) {
        effects.add("revalidated " + sessionId + " " + valid);
    }

    @Override
    public void membershipChanged(Membership changed) {
        effects.add("members " + changed.members().keySet() + " version " + text(changed.version()));
    }

    @Override
    public void abstains(long serverId) {
        effects.add("abstains because of " + serverId);
    }

    @Override
    public void stopped(String reason) {
        effects.add("stopped: " + reason);
    }
}
