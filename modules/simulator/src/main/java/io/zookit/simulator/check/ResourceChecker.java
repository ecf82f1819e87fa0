package io.zookit.simulator.check;

/** L6: whoever leaves a role lets go of all that belonged to it: links, clients, watches, and whoever waited for something. */
final class ResourceChecker implements Checker {
    /** Servers that died and came again before their former links were noticed to be dead. */
    private static final int LINKS_PER_SERVER_MAX = 12;

    private final int servers;

    ResourceChecker(int servers) {
        this.servers = servers;
    }

    @Override
    public void holds(ServerView server, Holdings holdings) {
        switch (holdings.role()) {
            case LOOKING -> {
                require(holdings.leaderLinks() == 0, server, holdings);
                require(holdings.sessions() == 0 && holdings.waiting() == 0, server, holdings);
                require(holdings.watches() == 0, server, holdings);
            }
            case FOLLOWING, OBSERVING -> {
                require(holdings.leaderLinks() <= 1 && holdings.learnerLinks() == 0, server, holdings);
            }
            case LEADING -> require(holdings.leaderLinks() == 0, server, holdings);
        }
        require(holdings.learnerLinks() <= LINKS_PER_SERVER_MAX * servers, server, holdings);
        require(holdings.electionLinks() < servers, server, holdings);
    }

    private static void require(boolean right, ServerView server, Holdings holdings) {
        if (!right) {
            throw new Violation("L6", "server " + server.id() + " still holds what no role of it needs: " + holdings);
        }
    }
}
