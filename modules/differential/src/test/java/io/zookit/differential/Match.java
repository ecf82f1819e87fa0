package io.zookit.differential;

import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Slice after slice of one {@link Mode}, against servers that are exchanged for fresh ones now and then, because ours keeps all it
 * ever logged in memory here. A slice that was held up ({@link Standstill}) does not count, whatever came of it: it is played again.
 */
final class Match implements AutoCloseable {
    private static final int SLICES_PER_PAIR = 25;
    private static final int DIFFERENCES_MAX = 5;
    private static final int REPLAYS_OF_A_SLICE_MAX = 5;

    private final Mode mode;
    private final Standstill standstill = new Standstill();
    private final Heartbeat heartbeat = new Heartbeat(standstill::beat);
    private final List<Differing> differing = new ArrayList<>();
    private final Map<Deviation, Integer> deviations = new EnumMap<>(Deviation.class);
    private @Nullable ServerPair servers;
    private @Nullable Duel duel;
    private int slicesOfPair;
    private int slices;
    private int replays;

    /**
     * A slice whose steps are not answered alike.
     *
     * @param steps those up to the one that differed
     */
    record Differing(long seed, List<Step> steps, String what) {}

    Match(Mode mode) {
        this.mode = mode;
    }

    /**
     * Plays slices until they are through, or too many of them have differed.
     *
     * @param firstSeed of the first slice; those of the others follow from it
     */
    void play(long firstSeed, int slicesWanted) throws IOException, InterruptedException {
        SplittableRandom seeds = new SplittableRandom(firstSeed);
        while (slices < slicesWanted && differing.size() < DIFFERENCES_MAX) {
            slice(slices == 0 ? firstSeed : seeds.nextLong());
            slices++;
        }
    }

    private void slice(long seed) throws IOException, InterruptedException {
        List<Step> steps = mode.steps(seed);
        for (int trial = 0; trial <= REPLAYS_OF_A_SLICE_MAX; trial++) {
            standstill.begin(System.nanoTime());
            Differing outcome = null;
            RuntimeException failure = null;
            try {
                outcome = outcome(seed, steps);
            } catch (RuntimeException anywhere) {
                failure = anywhere;
            }
            if (!standstill.happened(System.nanoTime())) {
                if (failure != null) {
                    throw failure;
                } else if (outcome != null) {
                    differing.add(outcome);
                    endPair();
                }
                return;
            }
            replays++;
            endPair();
        }
        throw new IOException("the machine stands still too often to compare anything: " + report());
    }

    /** Plays a slice; {@code null} when all is alike. */
    private @Nullable Differing outcome(long seed, List<Step> steps) throws IOException, InterruptedException {
        SliceRun run = null;
        try {
            run = new SliceRun(duel());
            run.run(steps);
            return null;
        } catch (Difference difference) {
            int played = run == null ? 0 : run.played();
            List<Step> upToHere = List.copyOf(steps.subList(0, Math.min(steps.size(), played + 1)));
            String what = "seed %d, step %d of %d: %s".formatted(seed, played, steps.size(), difference.getMessage());
            return new Differing(seed, upToHere, what);
        }
    }

    private Duel duel() throws IOException, InterruptedException, Difference {
        if (slicesOfPair == SLICES_PER_PAIR) {
            endPair();
        }
        if (servers == null) {
            servers = ServerPair.start(mode.extendedTypes);
        }
        if (duel == null) {
            duel = new Duel(servers, StepGenerator.CLIENTS);
            slicesOfPair = 0;
        }
        slicesOfPair++;
        return duel;
    }

    private void endPair() throws IOException {
        if (duel != null) {
            duel.deviations().forEach((deviation, times) -> deviations.merge(deviation, times, Integer::sum));
            duel.close();
            duel = null;
        }
        if (servers != null) {
            servers.close();
            servers = null;
        }
    }

    /** The slices that differ. */
    List<Differing> differing() {
        return differing;
    }

    /** What was played, in one line. */
    String report() {
        Map<String, Integer> named = new TreeMap<>();
        deviations.forEach((deviation, times) -> named.put(deviation.id(), times));
        return "%s: %,d requests in %d slices, %d of them different, %d played again after a standstill, deviations %s"
                .formatted(mode, (long) slices * Mode.SLICE_REQUESTS, slices, differing.size(), replays, named);
    }

    @Override
    public void close() throws IOException {
        try {
            endPair();
        } finally {
            heartbeat.close();
        }
    }
}
