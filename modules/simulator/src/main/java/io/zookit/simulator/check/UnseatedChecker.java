package io.zookit.simulator.check;

/**
 * L4: while one server is reached by the others only now and then, and the others reach each other all the time, they keep their
 * leader: it may have to go once, for one that has promised a later epoch, and not again.
 */
final class UnseatedChecker implements Checker {
    private static final int LEADERS_MAX = 1;

    private boolean flapping;
    private int leaders;

    @Override
    public void minorityFlaps(boolean begins) {
        flapping = begins;
        leaders = 0;
    }

    @Override
    public void leads(ServerView server, long epoch) {
        leaders++;
        if (flapping && leaders > LEADERS_MAX) {
            throw new Violation(
                    "L4",
                    "server " + server.id() + " is new leader number " + leaders
                            + " while only a minority's links break");
        }
    }
}
