package io.zookit.simulator.explore;

import java.util.Locale;

/**
 * One thing that can happen in a {@link SmallWorld}.
 *
 * @param kind what
 * @param one whom it happens to: the number of a server, or of a link
 * @param two the rest of it, as the kind says
 */
record Action(Kind kind, int one, int two) {
    /** The kinds. Up to {@link #PROPOSE} in the order in which they happen if nobody interferes. */
    enum Kind {
        /** A leader reads what it has to send from its disk; link, end. */
        READ,
        /** A message arrives; link, end. */
        DELIVER,
        /** A dialed connection is there, or is refused; server. */
        DIAL,
        /** Two election ports find each other; server, server. */
        LINK,
        /** A vote arrives; from, to. */
        VOTE,
        /** The oldest thing asked of a disk is done and durable; server. */
        DISK,
        /** A client writes; the leader's number. */
        PROPOSE,
        /** What was held back goes on. */
        RELEASE,
        /** A server starts; its number. */
        RESTART,
        /** Everybody reaches everybody again. */
        HEAL,
        /** Time passes, up to the next moment that somebody waits for. */
        TIME,

        /** A link stands still until nothing else happens; link, end. */
        HOLD_LINK,
        /** A disk stands still until nothing else happens; server. */
        HOLD_DISK,
        /** The power of a server goes; server, how many of the things asked of its disk are kept; with 8 more, nothing it sent. */
        CRASH,
        /** A server is cut off; server, whether (1) it does not notice. */
        ISOLATE,
        /** Time passes for one server alone, up to the next moment it waits for; server. */
        EARLY,
        /** A server stands still for longer than anybody waits; server. */
        PAUSE
    }

    /** The action of a text that {@link #toString} has made. */
    static Action parse(String text) {
        String[] parts = text.split("\\.", -1);
        return new Action(
                Kind.valueOf(parts[0].toUpperCase(Locale.ROOT)),
                Integer.parseInt(parts[1]),
                Integer.parseInt(parts[2]));
    }

    @Override
    public String toString() {
        return kind.name().toLowerCase(Locale.ROOT) + "." + one + "." + two;
    }
}
