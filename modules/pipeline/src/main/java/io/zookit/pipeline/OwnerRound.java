package io.zookit.pipeline;

import com.lmax.disruptor.EventPoller;
import io.zookit.spi.ServerClock;

/**
 * One round of whoever owns the state: apply what was committed, take what was requested, look at the time, and let everything
 * out at once. What is proposed in a round goes to the log together, and what is written to a connection leaves together.
 */
final class OwnerRound {
    private final Stages stages;
    private final ReplicaState state;
    private final OwnerInbox inbox;
    private final EventPoller<RequestEvent> requests;
    private final LogQueue logQueue;
    private final TurnTimer timer;
    private final ServerClock clock;

    OwnerRound(
            Stages stages,
            ReplicaState state,
            OwnerInbox inbox,
            EventPoller<RequestEvent> requests,
            LogQueue logQueue,
            TurnTimer timer,
            ServerClock clock) {
        this.stages = stages;
        this.state = state;
        this.inbox = inbox;
        this.requests = requests;
        this.logQueue = logQueue;
        this.timer = timer;
        this.clock = clock;
    }

    void work() {
        long nowMillis = begin();
        applyCommitted();
        stages.leader().work();
        takeRequests();
        forgetGone();
        lookAtTheTime(nowMillis);
        stages.words().goOn();
        logQueue.publish();
        stages.reply().flush();
        resumeStarved();
        stages.snapshots().turnEnds();
        timer.at(nextDeadlineMillis(nowMillis));
    }

    private long begin() {
        long nowMillis = clock.monotonicMillis();
        stages.answers().turnBegins(clock.monotonicNanos());
        stages.sessions().turnBegins(nowMillis);
        stages.freeSpace().turnBegins(nowMillis);
        return nowMillis;
    }

    /** How far is asked after the inbox: a learner's request depends on what was committed before it was sent. */
    private void applyCommitted() {
        inbox.empty();
        stages.apply().applyUpTo(stages.commit().committedZxid());
    }

    /** As long as there are credits for another transaction: a full log ring is felt by the clients, not waited for here. */
    private void takeRequests() {
        if (!stages.propose().hasCredit()) {
            return;
        }
        try {
            requests.poll((event, sequence, endOfBatch) -> {
                stages.prepare().take(event);
                event.clear();
                return stages.propose().hasCredit();
            });
        } catch (RuntimeException bug) {
            throw bug;
        } catch (Exception impossible) {
            throw new IllegalStateException("nothing here throws a checked exception", impossible);
        }
    }

    private void forgetGone() {
        ClientConnection gone;
        while ((gone = stages.accept().gone().poll()) != null) {
            state.watches().removeAll(gone);
            stages.statistics().countGone(gone.receivedBytes());
            stages.sessions().disconnected(gone);
        }
    }

    private void lookAtTheTime(long nowMillis) {
        stages.sessions().touchHeard();
        stages.sessions().expire();
        stages.sweep().work(nowMillis);
        stages.handshakes().closeLate(nowMillis);
        stages.authenticate().denyLate(nowMillis, stages.reply());
    }

    private void resumeStarved() {
        ClientConnection waiting;
        while (stages.propose().hasCredit()
                && stages.decode().hasRoom()
                && (waiting = stages.decode().starved().poll()) != null) {
            waiting.transport().resumeReading();
        }
    }

    private long nextDeadlineMillis(long nowMillis) {
        long sessions = stages.sessions().nextDeadlineMillis();
        long handshakes = stages.handshakes().nextDeadlineMillis();
        long verdicts = stages.authenticate().nextDeadlineMillis();
        long sweep = stages.sweep().nextDeadlineMillis();
        long words = stages.words().nextDeadlineMillis(nowMillis);
        return Math.min(Math.min(sweep, words), Math.min(sessions, Math.min(handshakes, verdicts)));
    }
}
