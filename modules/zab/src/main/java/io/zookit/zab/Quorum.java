package io.zookit.zab;

import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.function.LongPredicate;

/** When a set of servers is enough: any two sets that are have a voter in common. */
public sealed interface Quorum {
    /**
     * Whether the servers that fulfil a condition are enough.
     *
     * @param member asked of voters only
     */
    boolean holds(LongPredicate member);

    /** Whether a set of servers is enough; those without a vote count nothing. */
    default boolean contains(Set<Long> servers) {
        return holds(servers::contains);
    }

    /**
     * More than half of the voters.
     *
     * @param voters their ids
     */
    record Majority(SortedSet<Long> voters) implements Quorum {
        @Override
        public boolean holds(LongPredicate member) {
            int count = 0;
            for (long voter : voters) {
                if (member.test(voter)) {
                    count++;
                }
            }
            return count > voters.size() / 2;
        }
    }

    /**
     * More than half of the weight, in more than half of the groups that have any.
     *
     * @param groups for each group the weights of its voters
     */
    record Hierarchy(SortedMap<Long, SortedMap<Long, Long>> groups) implements Quorum {
        @Override
        public boolean holds(LongPredicate member) {
            int weighty = 0;
            int satisfied = 0;
            for (SortedMap<Long, Long> weights : groups.values()) {
                long total = 0;
                long present = 0;
                for (Map.Entry<Long, Long> voter : weights.entrySet()) {
                    total += voter.getValue();
                    present += member.test(voter.getKey()) ? voter.getValue() : 0;
                }
                weighty += total > 0 ? 1 : 0;
                satisfied += present > total / 2 ? 1 : 0;
            }
            return satisfied > weighty / 2;
        }
    }

    /**
     * Enough in both: while one membership gives way to the next.
     *
     * @param old the one that is committed
     * @param next the one that is proposed
     */
    record Both(Quorum old, Quorum next) implements Quorum {
        @Override
        public boolean holds(LongPredicate member) {
            return old.holds(member) && next.holds(member);
        }
    }
}
