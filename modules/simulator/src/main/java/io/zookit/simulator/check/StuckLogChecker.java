package io.zookit.simulator.check;

/** L3: a server whose log makes no progress for so long that others could not tell it from a dead one does not go on leading. */
final class StuckLogChecker implements Checker {
    private final long idleMillisMax;

    StuckLogChecker(long idleMillisMax) {
        this.idleMillisMax = idleMillisMax;
    }

    @Override
    public void leadsOn(ServerView server, long logIdleMillis) {
        if (logIdleMillis > idleMillisMax) {
            throw new Violation(
                    "L3",
                    "server " + server.id() + " leads though its log has made no progress for " + logIdleMillis
                            + " ms");
        }
    }
}
