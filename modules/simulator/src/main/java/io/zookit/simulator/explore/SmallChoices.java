package io.zookit.simulator.explore;

import io.zookit.simulator.explore.Action.Kind;
import io.zookit.simulator.explore.SmallLink.End;
import io.zookit.simulator.explore.SmallLink.Item;
import io.zookit.wire.PeerState;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What can happen next in a {@link SmallWorld}: of itself, or because somebody wants it to fail. */
final class SmallChoices {
    private final SmallWorld world;

    SmallChoices(SmallWorld world) {
        this.world = world;
    }

    /** What can happen of itself, in the order in which it does if nobody interferes. */
    List<Action> usual() {
        List<Action> actions = new ArrayList<>();
        world.links().forEach((number, link) -> {
            for (int end = 0; end < 2; end++) {
                if (isReady(link, end)) {
                    boolean reads =
                            link.next(end) instanceof Item.LogToRead || link.next(end) instanceof Item.SnapshotToRead;
                    actions.add(new Action(reads ? Kind.READ : Kind.DELIVER, number, end));
                }
            }
        });
        for (SmallServer server : world.servers()) {
            if (server.isUp() && server.dial() != null) {
                actions.add(new Action(Kind.DIAL, (int) server.id(), 0));
            }
        }
        addElections(actions);
        for (SmallServer server : world.servers()) {
            if (server.isUp()
                    && !server.disk().asked().isEmpty()
                    && !server.disk().isHeld()) {
                actions.add(new Action(Kind.DISK, (int) server.id(), 0));
            }
        }
        for (SmallServer server : world.servers()) {
            if (server.isUp() && server.role() == PeerState.LEADING && !world.isWritten()) {
                actions.add(new Action(Kind.PROPOSE, (int) server.id(), 0));
            }
        }
        return actions;
    }

    private void addElections(List<Action> actions) {
        for (int one = 1; one <= SmallWorld.SERVERS; one++) {
            for (int other = 1; other <= SmallWorld.SERVERS; other++) {
                if (one < other && !world.isLinked(one, other) && world.reach(one, other)) {
                    actions.add(new Action(Kind.LINK, one, other));
                } else if (world.hasVote(one, other)) {
                    actions.add(new Action(Kind.VOTE, one, other));
                }
            }
        }
    }

    private boolean isReady(SmallLink link, int number) {
        End end = link.end(number);
        Item next = link.next(number);
        if (next == null || !end.isOpen() || end.isHeld()) {
            return false;
        }
        return end.snapshot() != SmallLink.Snapshot.STORED || next instanceof Item.Closed;
    }

    /** What happens once nothing else does; {@code null} when all is as it should be, for ever. */
    @Nullable
    Action last() {
        if (anyHeld()) {
            return new Action(Kind.RELEASE, 0, 0);
        }
        for (SmallServer server : world.servers()) {
            if (!server.isUp()) {
                return new Action(Kind.RESTART, (int) server.id(), 0);
            }
        }
        if (world.isolated() != 0) {
            return new Action(Kind.HEAL, 0, 0);
        }
        return isDone() ? null : new Action(Kind.TIME, 0, 0);
    }

    private boolean anyHeld() {
        return world.servers().stream().anyMatch(server -> server.disk().isHeld())
                || world.links().values().stream()
                        .anyMatch(link -> link.end(0).isHeld() || link.end(1).isHeld());
    }

    private boolean isDone() {
        int leaders = 0;
        for (SmallServer server : world.servers()) {
            leaders += server.role() == PeerState.LEADING ? 1 : 0;
            if (server.role() == PeerState.LOOKING
                    || !server.hasApplied(world.rules().committed().size())) {
                return false;
            }
        }
        return leaders == 1 && world.isWritten();
    }

    /** What somebody who wants it to fail can do instead: {@code usual} first, in another order, or worse. */
    List<Action> deviations(List<Action> usual, boolean mayCrash, boolean mayIsolate) {
        List<Action> actions = new ArrayList<>();
        for (int i = 0; i < usual.size(); i++) {
            Action action = usual.get(i);
            if (i > 0) {
                actions.add(action);
            }
            if (action.kind() == Kind.DISK) {
                actions.add(new Action(Kind.HOLD_DISK, action.one(), 0));
            } else if (action.kind() == Kind.DELIVER || action.kind() == Kind.READ) {
                actions.add(new Action(Kind.HOLD_LINK, action.one(), action.two()));
            }
        }
        for (SmallServer server : world.servers()) {
            addDeviations(actions, server, mayCrash, mayIsolate);
        }
        if (world.isolated() != 0) {
            actions.add(new Action(Kind.HEAL, 0, 0));
        }
        return actions;
    }

    private void addDeviations(List<Action> actions, SmallServer server, boolean mayCrash, boolean mayIsolate) {
        int id = (int) server.id();
        if (!server.isUp()) {
            actions.add(new Action(Kind.RESTART, id, 0));
            return;
        }
        if (mayCrash) {
            for (int kept = 0; kept <= Math.min(server.disk().unsynced(), SmallWorld.LOSES_SENT - 1); kept++) {
                actions.add(new Action(Kind.CRASH, id, kept));
                if (hasSent(id)) {
                    actions.add(new Action(Kind.CRASH, id, kept + SmallWorld.LOSES_SENT));
                }
            }
        }
        if (mayIsolate && world.isolated() == 0) {
            actions.add(new Action(Kind.ISOLATE, id, 0));
            actions.add(new Action(Kind.ISOLATE, id, 1));
        }
        if (server.waitMillis() != Long.MAX_VALUE) {
            actions.add(new Action(Kind.EARLY, id, 0));
            actions.add(new Action(Kind.PAUSE, id, 0));
        }
    }

    private boolean hasSent(int id) {
        for (SmallLink link : world.links().values()) {
            for (int end = 0; end < 2; end++) {
                if (link.end(end).server() == id && link.next(1 - end) != null) {
                    return true;
                }
            }
        }
        return false;
    }
}
