package io.zookit.simulator.check;

import java.util.HashMap;
import java.util.Map;

/** I1: an epoch has one leader at most, and a server that was started anew is another one. */
final class LeadershipChecker implements Checker {
    private final Map<Long, String> leaders = new HashMap<>();

    @Override
    public void leads(ServerView server, long epoch) {
        String leader = server.id() + " (start " + server.incarnation() + ")";
        String former = leaders.putIfAbsent(epoch, leader);
        if (former != null) {
            throw new Violation(
                    "I1", "server " + leader + " leads epoch " + epoch + ", which server " + former + " led");
        }
    }
}
