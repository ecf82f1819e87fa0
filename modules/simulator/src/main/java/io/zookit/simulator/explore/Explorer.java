package io.zookit.simulator.explore;

import io.zookit.simulator.check.Violation;
import io.zookit.simulator.explore.Action.Kind;
import io.zookit.simulator.mutant.Mutant;
import io.zookit.simulator.world.Chance;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Tells every story that differs from the usual one in a bounded number of places: at each of its steps, whatever else could happen
 * there. Stories with fewer deviations come first, so the first that breaks a rule is a short one. A story ends when all is as it
 * should be, or in a state that is known and from which nothing new can come.
 */
public final class Explorer {
    /** More steps than any story needs to come to rest. */
    private static final int STEPS_MAX = 1_500;

    private static final int PARTS = 3;
    private static final int SPENT_MAX = 256;

    private final Shape shape;
    private final Mutant mutant;
    private final Bounds bounds;
    private final Fingerprint fingerprint = new Fingerprint();
    /** For each known state, what had been spent when it was first seen: deviations, crashes, partitions. */
    private final Map<Long, Integer> known = new HashMap<>();

    /** For each step of each story the step before it, and what happened. */
    private int[] before = new int[1 << 12];

    private int[] actions = new int[1 << 12];
    private int recorded;
    private final List<Action> dictionary = new ArrayList<>();
    private final Map<Action, Integer> numbers = new HashMap<>();

    /** Deviations to try, for each number of deviations: the step they come after, the action, what is spent with them. */
    private final List<IntList> todo = new ArrayList<>();

    private long steps;
    private long stories;

    /** Numbers in a row. */
    private static final class IntList {
        private int[] values = new int[1 << 10];
        private int size;

        void add(int value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            values[size++] = value;
        }
    }

    private Explorer(Shape shape, Mutant mutant, Bounds bounds) {
        this.shape = shape;
        this.mutant = mutant;
        this.bounds = bounds;
        for (int i = 0; i <= bounds.deviations(); i++) {
            todo.add(new IntList());
        }
    }

    /**
     * Explores.
     *
     * @param shape how all stories begin
     * @param mutant the mistake to make
     * @param seed in what order deviations are tried, when there are more than the bounds allow
     * @throws ExplorationFailure when a rule is broken
     */
    public static Exploration explore(Shape shape, Mutant mutant, Bounds bounds, long seed) {
        return new Explorer(shape, mutant, bounds).run(seed);
    }

    /**
     * Tells one story again, up to its end.
     *
     * @param deviations as a failure names them
     * @param listener hears of every step
     * @throws io.zookit.simulator.check.Violation when it breaks a rule
     */
    public static void replay(Shape shape, Mutant mutant, String deviations, Consumer<String> listener) {
        Map<Integer, Action> others = new TreeMap<>();
        for (String deviation : deviations.equals("none") ? new String[0] : deviations.split(",", -1)) {
            int colon = deviation.indexOf(':');
            others.put(Integer.parseInt(deviation.substring(0, colon)), Action.parse(deviation.substring(colon + 1)));
        }
        SmallWorld world = new SmallWorld(shape, mutant, listener);
        for (int step = 0; ; step++) {
            Action usual = usual(world);
            Action next = others.getOrDefault(step, usual);
            if (next == null) {
                return;
            }
            requireEnd(step);
            world.happen(next);
        }
    }

    private static @Nullable Action usual(SmallWorld world) {
        SmallChoices choices = new SmallChoices(world);
        List<Action> usual = choices.usual();
        return usual.isEmpty() ? choices.last() : usual.get(0);
    }

    private static void requireEnd(int step) {
        if (step > STEPS_MAX) {
            throw new Violation("L2", "the servers do not come to rest");
        }
    }

    // ---- the search

    private Exploration run(long seed) {
        tell(-1, null, 0, 0, 0);
        Chance chance = new Chance(seed);
        int complete = 0;
        for (int deviations = 1; deviations <= bounds.deviations(); deviations++) {
            if (!tryAll(deviations, chance)) {
                break;
            }
            complete = deviations;
        }
        return new Exploration(shape, known.size(), steps, stories, complete);
    }

    /** Tries the deviations of one level, any next one of those that are left; whether it came to their end. */
    private boolean tryAll(int deviations, Chance chance) {
        IntList level = todo.get(deviations);
        for (int left = level.size / PARTS; left > 0; left--) {
            if (known.size() >= bounds.statesMax()) {
                return false;
            }
            int chosen = PARTS * chance.below(left);
            int[] values = level.values;
            int step = values[chosen];
            Action action = dictionary.get(values[chosen + 1]);
            int spent = values[chosen + 2];
            System.arraycopy(values, PARTS * (left - 1), values, chosen, PARTS);
            tell(step, action, deviations, crashes(spent), partitions(spent));
        }
        level.values = new int[0];
        level.size = 0;
        return true;
    }

    /** Tells a story: all that led to a step, then one deviation, then what is usual. */
    private void tell(int from, @Nullable Action deviation, int deviations, int crashes, int partitions) {
        stories++;
        List<Action> path = pathTo(from);
        int at = from;
        try {
            SmallWorld world = new SmallWorld(shape, mutant, null);
            SmallChoices choices = new SmallChoices(world);
            for (Action action : path) {
                steps++;
                world.happen(action);
            }
            Action next = deviation;
            while (true) {
                if (next != null) {
                    steps++;
                    path.add(next);
                    world.happen(next);
                    at = record(at, next);
                    requireEnd(path.size());
                }
                if (isKnown(world, deviations, crashes, partitions)) {
                    return;
                }
                List<Action> usual = choices.usual();
                List<Action> others =
                        choices.deviations(usual, crashes < bounds.crashes(), partitions < bounds.partitions());
                plan(others, at, deviations, crashes, partitions);
                next = usual.isEmpty() ? choices.last() : usual.get(0);
                if (next == null) {
                    return;
                }
            }
        } catch (Violation violation) {
            throw failure(path, violation);
        }
    }

    private List<Action> pathTo(int from) {
        List<Action> path = new ArrayList<>();
        for (int step = from; step >= 0; step = before[step]) {
            path.add(dictionary.get(actions[step]));
        }
        Collections.reverse(path);
        return path;
    }

    private int record(int from, Action action) {
        if (recorded == before.length) {
            before = Arrays.copyOf(before, 2 * recorded);
            actions = Arrays.copyOf(actions, 2 * recorded);
        }
        before[recorded] = from;
        actions[recorded] = number(action);
        return recorded++;
    }

    /** Whether a state was seen before by a story that had spent no more. */
    private boolean isKnown(SmallWorld world, int deviations, int crashes, int partitions) {
        long state = world.fingerprint(fingerprint);
        int spent = spent(deviations, crashes, partitions);
        Integer first = known.putIfAbsent(state, spent);
        if (first == null) {
            return false;
        }
        boolean covered =
                deviations(first) <= deviations && crashes(first) <= crashes && partitions(first) <= partitions;
        boolean covers =
                deviations(first) >= deviations && crashes(first) >= crashes && partitions(first) >= partitions;
        if (covers && !covered) {
            known.put(state, spent);
        }
        return covered;
    }

    private static int spent(int deviations, int crashes, int partitions) {
        return (deviations * SPENT_MAX + crashes) * SPENT_MAX + partitions;
    }

    private static int deviations(int spent) {
        return spent / SPENT_MAX / SPENT_MAX;
    }

    private static int crashes(int spent) {
        return spent / SPENT_MAX % SPENT_MAX;
    }

    private static int partitions(int spent) {
        return spent % SPENT_MAX;
    }

    /** Every action has a number, in the order in which they were first seen. */
    private int number(Action action) {
        Integer there = numbers.putIfAbsent(action, dictionary.size());
        if (there != null) {
            return there;
        }
        dictionary.add(action);
        return dictionary.size() - 1;
    }

    private void plan(List<Action> others, int at, int deviations, int crashes, int partitions) {
        if (deviations == bounds.deviations()) {
            return;
        }
        IntList next = todo.get(deviations + 1);
        for (Action other : others) {
            int spentCrashes = crashes + (other.kind() == Kind.CRASH ? 1 : 0);
            int spentPartitions = partitions + (other.kind() == Kind.ISOLATE ? 1 : 0);
            next.add(at);
            next.add(number(other));
            next.add(spent(0, spentCrashes, spentPartitions));
        }
    }

    // ---- what went wrong

    private ExplorationFailure failure(List<Action> path, Violation violation) {
        List<String> transcript = new ArrayList<>();
        StringBuilder deviations = new StringBuilder();
        try {
            SmallWorld world = new SmallWorld(shape, mutant, transcript::add);
            for (int step = 0; step < path.size(); step++) {
                Action action = path.get(step);
                if (!action.equals(usual(world))) {
                    deviations
                            .append(deviations.isEmpty() ? "" : ",")
                            .append(step)
                            .append(':')
                            .append(action);
                    transcript.add("-- instead of " + usual(world) + ":");
                }
                world.happen(action);
            }
        } catch (Violation again) {
            transcript.add("-- " + again.getMessage());
        }
        String named = deviations.isEmpty() ? "none" : deviations.toString();
        return new ExplorationFailure(shape, mutant, named, path.size(), transcript, violation);
    }
}
