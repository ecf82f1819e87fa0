package io.zookit.simulator.explore;

import io.zookit.simulator.storage.StoredTxn;
import io.zookit.wire.QuorumMessage;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A connection of a learner (end 0) with its leader (end 1): what is on its way to each end, oldest first. */
final class SmallLink {
    /** The end of a learner. */
    static final int LEARNER = 0;
    /** The end of a leader. */
    static final int LEADER = 1;

    private final End[] ends;
    private boolean severed;

    /** One end. */
    static final class End {
        private final int server;
        private final long name;
        private final Deque<Item> arriving = new ArrayDeque<>();
        private boolean open = true;
        private boolean held;
        private Snapshot snapshot = Snapshot.NONE;

        End(int server, long name) {
            this.server = server;
            this.name = name;
        }

        int server() {
            return server;
        }

        /** What the server calls the link. */
        long name() {
            return name;
        }

        Deque<Item> arriving() {
            return arriving;
        }

        boolean isOpen() {
            return open;
        }

        boolean isHeld() {
            return held;
        }

        void held(boolean held) {
            this.held = held;
        }

        Snapshot snapshot() {
            return snapshot;
        }

        void snapshot(Snapshot now) {
            snapshot = now;
        }
    }

    /** How far a snapshot is that an end takes from its link. */
    enum Snapshot {
        NONE,
        AWAITED,
        STORED
    }

    /** What is on its way. */
    sealed interface Item {
        /** A message. */
        record Message(QuorumMessage message) implements Item {}

        /** The state that follows a SNAP. */
        record State(List<StoredTxn> txns) implements Item {}

        /** A part of the log that is still to be read from the disk. */
        record LogToRead(long after, long through) implements Item {}

        /** A snapshot that is still to be read. */
        record SnapshotToRead(long atLeast) implements Item {}

        /** The end. */
        record Closed() implements Item {}
    }

    SmallLink(int learner, long learnerName, int leader, long leaderName) {
        ends = new End[] {new End(learner, learnerName), new End(leader, leaderName)};
    }

    End end(int number) {
        return ends[number];
    }

    /** The number of a server's end that goes by a name, -1 when there is none. */
    int endOf(int server, long name) {
        for (int i = 0; i < 2; i++) {
            if (ends[i].server == server && ends[i].name == name && ends[i].open) {
                return i;
            }
        }
        return -1;
    }

    boolean isOf(int server) {
        return ends[0].server == server || ends[1].server == server;
    }

    /** Something goes from one end to the other. */
    void send(int from, Item item) {
        if (ends[1 - from].open && !severed) {
            ends[1 - from].arriving.addLast(item);
        }
    }

    /** One end goes away; what it has sent still arrives. */
    void close(int end) {
        ends[end].open = false;
        ends[end].arriving.clear();
        send(end, new Item.Closed());
    }

    /** What is on its way to an end is lost, and all that is sent from now on; the end hears no more than that, or not even that. */
    void cut(int end, boolean noticed) {
        severed = true;
        ends[end].arriving.clear();
        if (ends[end].open && noticed) {
            ends[end].arriving.addLast(new Item.Closed());
        }
    }

    boolean isGone() {
        return !ends[0].open && !ends[1].open;
    }

    /** What comes next to an end, {@code null} when nothing does. */
    @Nullable
    Item next(int end) {
        return ends[end].arriving.peekFirst();
    }
}
