package io.zookit.simulator;

import io.zookit.simulator.SimulationOptions.Fault;
import io.zookit.simulator.mutant.Mutant;
import io.zookit.zab.Member;
import io.zookit.zab.Membership;
import io.zookit.zab.ZabSettings;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Who belongs to the simulated ensemble at first, and the numbers its servers go by: short ticks, so that little time shows much. */
final class Ensemble {
    static final int TICK_MILLIS = 100;
    static final int INIT_LIMIT_TICKS = 20;
    static final int SYNC_LIMIT_TICKS = 8;
    /** How long a leader's log may stand still: the sync limit, and a tick and a half until that is noticed. */
    static final long LOG_IDLE_MILLIS_MAX = TICK_MILLIS * (SYNC_LIMIT_TICKS + 2);

    /** Who looks for long asks seldom: as seldom, in ticks, as with the usual ones, or it would not hear in time that all is well. */
    private static final int NOTIFICATION_MILLIS_MIN = 200;

    private static final int NOTIFICATION_MILLIS_MAX = 30 * TICK_MILLIS;
    private static final int HISTORY_BYTES_MAX = 1 << 20;
    private static final int QUORUM_PORT = 2888;
    private static final int ELECTION_PORT = 3888;

    private Ensemble() {}

    static Membership membership(SimulationOptions options) {
        int voters = options.mutant() == Mutant.QUORUM_TOO_SMALL ? (options.voters() + 1) / 2 : options.voters();
        SortedMap<Long, Boolean> roles = new TreeMap<>();
        for (long id = 1; id <= options.servers(); id++) {
            roles.put(id, id <= voters);
        }
        return membership(roles);
    }

    /**
     * These members.
     *
     * @param voters for each id whether it votes
     */
    static Membership membership(SortedMap<Long, Boolean> voters) {
        SortedMap<Long, Member> members = new TreeMap<>();
        voters.forEach((id, votes) -> {
            Member.Address address = new Member.Address("machine" + id, QUORUM_PORT, ELECTION_PORT);
            members.put(id, new Member(id, List.of(address), votes, ""));
        });
        return new Membership(0, members, new TreeMap<>(), new TreeMap<>());
    }

    static ZabSettings settings(long id, SimulationOptions options) {
        return ZabSettings.of(id, TICK_MILLIS, INIT_LIMIT_TICKS, SYNC_LIMIT_TICKS)
                .withNotifications(NOTIFICATION_MILLIS_MIN, NOTIFICATION_MILLIS_MAX)
                .withHistory(options.historyTransactions(), HISTORY_BYTES_MAX, options.logSyncTransactions())
                .withReconfig(options.faults().contains(Fault.RECONFIG));
    }
}
