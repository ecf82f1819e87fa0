package io.zookit.zab;

import io.zookit.wire.QuorumMessage;
import io.zookit.wire.QuorumMessage.TouchedSession;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a learner's clients need of the leader: which sessions are alive, and syncs. */
final class LearnerService {
    private final Core core;
    private final LeaderLink leader;
    private final Map<Long, Integer> touched = new LinkedHashMap<>();

    /** For each sync that is done at the leader: what must be committed here before it is done here. */
    private final ArrayDeque<Long> syncs = new ArrayDeque<>();

    LearnerService(Core core, LeaderLink leader) {
        this.core = core;
        this.leader = leader;
    }

    void touched(long sessionId, int timeoutMillis) {
        touched.put(sessionId, timeoutMillis);
    }

    /** The answer names every session that showed itself since the last one. */
    void answerPing(long zxid) {
        List<TouchedSession> sessions = new ArrayList<>(touched.size());
        touched.forEach((id, timeoutMillis) -> sessions.add(new TouchedSession(id, timeoutMillis)));
        touched.clear();
        leader.send(new QuorumMessage.Pong(zxid, sessions));
    }

    /** The leader has answered the oldest sync; everything it had committed before may still have to reach the own disk. */
    void syncAnswered(long committedByLeader) {
        syncs.add(committedByLeader);
        releaseSyncs();
    }

    void releaseSyncs() {
        while (!syncs.isEmpty() && syncs.element() <= core.committedZxid()) {
            syncs.remove();
            core.effects.synced();
        }
    }
}
