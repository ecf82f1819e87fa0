package io.zookit.differential;

import io.zookit.differential.Step.Connecting;
import io.zookit.model.ErrorCode;
import io.zookit.model.OpCode;
import io.zookit.model.ZnodePath;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Plays steps to both sides, one after the other, and compares what their clients see. A client reads its replies at once, and the
 * events for it whenever it is its turn next; both servers write an event before the reply that shows the change, so nothing of this
 * is a matter of time.
 *
 * <p>Both sides start with the same zxid and use up the same, so zxids are compared as they are. Where a {@link Deviation} lets one
 * side use up more, the other uses up as many on writes that fail.
 */
final class Duel implements AutoCloseable {
    private static final int TIMEOUT_MILLIS = 150_000;
    private static final int PINGS_MAX = 200;
    private static final Set<Integer> CLOSING_ERRORS = Set.of(
            ErrorCode.UNIMPLEMENTED.code(),
            ErrorCode.AUTH_FAILED.code(),
            ErrorCode.SESSION_EXPIRED.code(),
            ErrorCode.SESSION_MOVED.code());
    private static final Comparator<Seen> ANY_ORDER = Comparator.comparing(Seen::toString);

    private final Side ours;
    private final Side theirs;
    private final int control;
    private final Set<Long> unorderedZxids = new HashSet<>();
    private final Map<Deviation, Integer> deviations = new EnumMap<>(Deviation.class);
    private long newestZxid;
    private long nextSessionNumber = 1;

    /**
     * @param clientCount slots that steps may name; one more is this class's own
     */
    Duel(ServerPair servers, int clientCount) throws Difference {
        ours = new Side(servers.ours(), clientCount + 1);
        theirs = new Side(servers.theirs(), clientCount + 1);
        control = clientCount;
        byte[] superuser = ServerPair.SUPER_CREDENTIALS.getBytes(StandardCharsets.UTF_8);
        play(new Step.Request(
                control, OpCode.AUTH.code(), RequestBody.auth("digest", superuser), "auth as the superuser"));
    }

    /** The slot that has every permission. */
    int control() {
        return control;
    }

    /** How often each deviation was met. */
    Map<Deviation, Integer> deviations() {
        return deviations;
    }

    /** Plays one step. */
    void play(Step step) throws Difference {
        if (step instanceof Step.Request request) {
            exchange(step, List.of(request));
        } else if (step instanceof Step.Burst burst) {
            exchange(step, burst.requests());
        } else if (step instanceof Step.Garbage garbage) {
            garbage(garbage);
        } else if (step instanceof Step.Drop drop) {
            dropBoth(drop.slot());
        } else if (step instanceof Step.Connect connect) {
            connect(connect);
        }
    }

    /** Sends requests and returns what came back, the same from both sides. */
    List<Seen> exchange(Step step, List<Step.Request> requests) throws Difference {
        int slot = step.slot();
        ensureConnected(step);
        for (Step.Request request : requests) {
            ours.conversation(slot).send(request, newestZxid);
            theirs.conversation(slot).send(request, newestZxid);
        }
        List<Seen> our = ours.conversation(slot).answers();
        List<Seen> their = theirs.conversation(slot).answers();
        boolean closesSession = requests.get(requests.size() - 1).operation() == OpCode.CLOSE_SESSION.code();
        if (closesSession || mayClose(our) || mayClose(their)) {
            our.addAll(afterPing(ours, slot));
            their.addAll(afterPing(theirs, slot));
            awaitEnd(slot, our, their);
        }
        if (closesSession && !ours.isConnected(slot)) {
            our.stream().filter(Seen::isReply).forEach(reply -> unorderedZxids.add(reply.zxid()));
            ours.forgetSession(slot);
            theirs.forgetSession(slot);
        }
        compare(step, our, their);
        return our;
    }

    /** One side has closed the connection: the other may still answer some pings until it does too. */
    private void awaitEnd(int slot, List<Seen> our, List<Seen> their) {
        for (int i = 0; i < PINGS_MAX && ours.isConnected(slot) != theirs.isConnected(slot); i++) {
            Side open = ours.isConnected(slot) ? ours : theirs;
            List<Seen> seen = open == ours ? our : their;
            seen.remove(seen.size() - 1);
            seen.addAll(afterPing(open, slot));
        }
    }

    private static boolean mayClose(List<Seen> seen) {
        return seen.stream().anyMatch(one -> one.isReply() && CLOSING_ERRORS.contains(one.error()));
    }

    private static List<Seen> afterPing(Side side, int slot) {
        if (!side.isConnected(slot)) {
            return List.of();
        }
        side.conversation(slot).sendPing();
        return side.conversation(slot).answers();
    }

    private void garbage(Step.Garbage garbage) throws Difference {
        int slot = garbage.slot();
        ensureConnected(garbage);
        drain(garbage);
        ours.conversation(slot).sendGarbage(garbage.bytes());
        theirs.conversation(slot).sendGarbage(garbage.bytes());
        compare(garbage, afterPing(ours, slot), afterPing(theirs, slot));
    }

    /** Reads what a client was sent so far. */
    private void drain(Step step) throws Difference {
        compare(step, afterPing(ours, step.slot()), afterPing(theirs, step.slot()));
    }

    /** Reads what all clients were sent so far. */
    void drainAll() throws Difference {
        for (int slot = 0; slot <= control; slot++) {
            if (ours.isConnected(slot)) {
                drain(new Step.Request(slot, OpCode.PING.code(), new byte[0], "reads what it was sent"));
            }
        }
    }

    private void ensureConnected(Step step) throws Difference {
        int slot = step.slot();
        if (!ours.isConnected(slot)) {
            Connecting how = ours.hasSession(slot) ? Connecting.RESUMES : null;
            compare(step, connected(slot, how, TIMEOUT_MILLIS));
        }
    }

    /** What each side has seen of the same. */
    private record Both(List<Seen> our, List<Seen> their) {}

    private Both connected(int slot, @Nullable Connecting how, int timeoutMillis) {
        Conversation our = ours.connect(slot, how, timeoutMillis, newestZxid);
        Conversation their = theirs.connect(slot, how, timeoutMillis, newestZxid);
        long number = nextSessionNumber++;
        return new Both(connected(ours, our, slot, number), connected(theirs, their, slot, number));
    }

    /** Reads the answer, and that the connection is closed after a refusal. */
    private static List<Seen> connected(Side side, Conversation conversation, int slot, long number) {
        List<Seen> seen = new ArrayList<>();
        seen.add(side.connected(conversation, slot, number));
        if (!side.isConnected(slot) || side.conversation(slot) != conversation) {
            if (conversation.isOpen()) {
                seen.add(side.connected(conversation, slot, number));
            }
            conversation.close();
        }
        return seen;
    }

    private void connect(Step.Connect step) throws Difference {
        int slot = step.slot();
        ensureConnected(step);
        drain(step);
        switch (step.how()) {
            case TAKES_OVER -> takeOver(step);
            case INTRUDES, UNKNOWN_SESSION -> {
                compare(step, connected(slot, step.how(), step.timeoutMillis()));
                drain(step);
            }
            default -> {
                dropBoth(slot);
                compare(step, connected(slot, step.how(), step.timeoutMillis()));
            }
        }
    }

    private void takeOver(Step.Connect step) throws Difference {
        Conversation our = ours.conversation(step.slot());
        Conversation their = theirs.conversation(step.slot());
        compare(step, connected(step.slot(), step.how(), step.timeoutMillis()));
        our.sendPing();
        their.sendPing();
        List<Seen> ourEnd = our.answers();
        List<Seen> theirEnd = their.answers();
        our.close();
        their.close();
        compare(step, ourEnd, theirEnd);
    }

    private void compare(Step step, Both both) throws Difference {
        compare(step, both.our(), both.their());
    }

    private void compare(Step step, List<Seen> our, List<Seen> their) throws Difference {
        our.forEach(seen -> newestZxid = Math.max(newestZxid, seen.zxid()));
        List<Seen> ourOrdered = ordered(our);
        List<Seen> theirOrdered = ordered(their);
        if (!ourOrdered.equals(theirOrdered)) {
            Optional<Deviation> deviation = Deviation.of(step, ourOrdered, theirOrdered);
            if (deviation.isEmpty()) {
                throw Difference.between(step.toString(), ourOrdered, theirOrdered);
            }
            deviations.merge(deviation.get(), 1, Integer::sum);
            equalise(step.slot());
        }
        if (!ours.isConnected(step.slot()) || Deviation.mayHide(step, our)) {
            dropBoth(step.slot());
        }
    }

    /** Sorts what one transaction told a client in no promised order: the ends of a session's ephemerals. */
    private List<Seen> ordered(List<Seen> seen) {
        List<Seen> ordered = new ArrayList<>(seen);
        int start = 0;
        while (start < ordered.size()) {
            int end = start + 1;
            Seen first = ordered.get(start);
            if (first.kind() == Seen.Kind.EVENT && unorderedZxids.contains(first.zxid())) {
                while (end < ordered.size()
                        && ordered.get(end).kind() == Seen.Kind.EVENT
                        && ordered.get(end).zxid() == first.zxid()) {
                    end++;
                }
                ordered.subList(start, end).sort(ANY_ORDER);
            }
            start = end;
        }
        return ordered;
    }

    /** After a deviation: both sides get the same zxid again, and the client another connection. */
    private void equalise(int slot) {
        dropBoth(slot);
        long our = lastZxid(ours);
        long their = lastZxid(theirs);
        useUp(ours, their - our);
        useUp(theirs, our - their);
        newestZxid = Math.max(our, their);
    }

    private long lastZxid(Side side) {
        List<Seen> seen = afterPing(side, control);
        return seen.isEmpty() ? 0 : seen.get(seen.size() - 1).zxid();
    }

    private void useUp(Side side, long count) {
        byte[] body =
                RequestBody.pathAndNumber(new RequestBody.Text(ZnodePath.ROOT.getBytes(StandardCharsets.UTF_8)), -1);
        // With a number of its own, so that the other requests of this client are numbered alike on both sides.
        Step.Request useUp = new Step.Request(control, OpCode.DELETE.code(), body, "uses up a zxid").withXid(1);
        for (long i = 0; i < count; i++) {
            side.conversation(control).send(useUp, 0);
        }
        side.conversation(control).answers();
    }

    private void dropBoth(int slot) {
        ours.drop(slot);
        theirs.drop(slot);
    }

    @Override
    public void close() {
        ours.close();
        theirs.close();
    }
}
